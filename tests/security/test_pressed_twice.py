"""R-10, the rest: what is pressed twice in a state that has to be made first.

Each scene makes the state in which the first press has an effect, and says who presses
what. The table of addresses is `test_double_submit`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from marketplace.facilitation.actions import give_mandate
from marketplace.facilitation.models import Act, Facilitator
from marketplace.introductions.actions import (
    hold_introduction,
    pause_requests,
    save_draft,
)
from marketplace.listings.actions import take_down_listing
from marketplace.mandates.actions import pause_mandate
from marketplace.mandates.stopping import stop_url as stop_url_of
from marketplace.notices.stopping import stop_url
from marketplace.organisations.actions import block_organisation
from marketplace.people.models import User
from marketplace.taxonomy.models import Place
from payments.models import Fee
from tests.factories import make_listing, make_user
from tests.mandates import make_seat
from tests.security.fingerprints import changed, fingerprints
from tests.security.roles import rows
from tests.security.test_double_submit import (
    BODIES,
    MARK,
    OTHERS,
    WITHOUT_FORM,
)
from tests.security.world import World

pytestmark = pytest.mark.django_db


@dataclass
class Press:
    by: User
    path: str
    body: dict[str, object] = field(default_factory=dict)
    has_page: bool = True
    answer: int = 302


def helper_of(world: World) -> Facilitator:
    helper = Facilitator.objects.create(user=make_user(), side="il")
    give_mandate(
        world.owner.organisation,
        helper,
        by=world.owner.user,
        about=world.asked.public_id,
        acts=Act.values,
    )
    return helper


def divide(world: World) -> Press:
    rule = {"most_instalments": 3, "instalment_over_minor": 0}
    Fee.objects.filter(pk=world.share.fee_id).update(**rule)
    path = reverse("payments:divide", args=[world.share.public_id])
    return Press(world.owner.user, path, {"count": "2"}, has_page=False)


def refund(world: World) -> Press:
    path = reverse("payments:refund", args=[world.share.public_id])
    return Press(world.owner.user, path, has_page=False)


def pause_a_mandate(world: World) -> Press:
    path = reverse("mandates:pause", args=[world.mandate.public_id])
    return Press(world.owner.user, path, has_page=False)


def resume_a_mandate(world: World) -> Press:
    pause_mandate(world.mandate, by=world.owner.user)
    path = reverse("mandates:resume", args=[world.mandate.public_id])
    return Press(world.owner.user, path, has_page=False)


def end_a_mandate(world: World) -> Press:
    path = reverse("mandates:end", args=[world.mandate.public_id])
    return Press(world.owner.user, path)


MANDATE = {"name": "Wells", "words": "Wells", "written_in": "en", "cadence": "daily"}


def new_mandate(world: World) -> Press:
    body = MANDATE | {"organisation": world.owner.organisation.pk}
    return Press(world.owner.user, reverse("matching:mandate_new"), body)


def change_mandate(world: World) -> Press:
    path = reverse("matching:mandate_edit", args=[world.mandate.public_id])
    body = MANDATE | {"organisation": world.owner.organisation.pk}
    return Press(world.owner.user, path, body)


def appeal(world: World) -> Press:
    take_down_listing(world.listing, by=world.staff["reviewer"], because="tone")
    path = reverse("listings:appeal", args=[world.listing.public_id])
    return Press(world.owner.user, path, {"text": "Nothing in it is meant so."})


def block(world: World) -> Press:
    path = reverse("introductions:block", args=[world.listing.public_id])
    return Press(world.stranger.user, path)


def block_other_side(world: World) -> Press:
    path = reverse("introductions:block_other_side", args=[world.met.public_id])
    return Press(world.owner.user, path)


def end_block(world: World) -> Press:
    kept = block_organisation(
        world.stranger.organisation,
        by=world.owner.user,
        organisation=world.owner.organisation,
        known_as="Somebody",
    )
    organisation = world.owner.organisation.public_id
    path = reverse("organisations:end_block", args=[organisation, kept.public_id])
    return Press(world.owner.user, path, has_page=False)


def give(world: World) -> Press:
    helper = Facilitator.objects.create(user=make_user(), side="il")
    path = reverse("introductions:mandate", args=[world.asked.public_id])
    body = {"facilitator": helper.pk, "acts": ["hold", "context"]}
    return Press(world.owner.user, path, body)


def take_back(world: World) -> Press:
    helper_of(world)
    path = reverse("introductions:revoke_mandate", args=[world.asked.public_id])
    return Press(world.owner.user, path, has_page=False)


def hold(world: World) -> Press:
    path = reverse("introductions:hold", args=[world.asked.public_id])
    return Press(helper_of(world).user, path, has_page=False)


def release(world: World) -> Press:
    helper = helper_of(world).user
    hold_introduction(world.asked, by=helper)
    path = reverse("introductions:release", args=[world.asked.public_id])
    return Press(helper, path, has_page=False)


def context(world: World) -> Press:
    path = reverse("introductions:context", args=[world.asked.public_id])
    return Press(helper_of(world).user, path, {"text": "They press in autumn."})


def soften(world: World) -> Press:
    return write_in(world, Act.SOFTEN)


def draft(world: World) -> Press:
    return write_in(world, Act.DRAFT)


def write_in(world: World, act: Act) -> Press:
    writer = world.stranger
    draft = save_draft(world.listing, by=writer.user, asker=writer.organisation)
    side = writer.organisation.side
    helper = Facilitator.objects.create(user=make_user(), side=side)
    about = draft.public_id
    give_mandate(writer.organisation, helper, by=writer.user, about=about, acts=[act])
    names = ("i_bring", "i_need", "why_you", "first_step")
    path = reverse(f"introductions:{act}", args=[about])
    return Press(helper.user, path, dict.fromkeys(names, "Gently"))


def pause(world: World) -> Press:
    path = reverse("introductions:pause", args=[world.listing.public_id])
    return Press(world.owner.user, path, has_page=False)


def resume(world: World) -> Press:
    kept = pause_requests(world.listing, by=world.owner.user)
    path = reverse("introductions:resume", args=[kept.public_id])
    return Press(world.owner.user, path, has_page=False)


def remove_a_colleague(world: World) -> Press:
    organisation, person = world.owner.organisation, world.others["colleague"]
    args = [organisation.public_id, person.public_id]
    path = reverse("organisations:remove_colleague", args=args)
    return Press(world.owner.user, path)


def note_an_interest(world: World) -> Press:
    make_seat(world.owner.organisation)
    sought = make_listing(world.stranger.organisation, kind="investment")
    path = reverse("interests:note", args=[sought.public_id])
    body = {"organisation": world.owner.organisation.pk, "level": "soft"}
    return Press(world.owner.user, path, body)


def stop_a_mandate(world: World) -> Press:
    mandate = world.mandate
    path = urlsplit(stop_url_of(mandate, mandate.owner)).path
    return Press(mandate.owner, path, answer=200)


def stop_mails(world: World) -> Press:
    path = urlsplit(stop_url(world.owner.user, "introductions")).path
    return Press(world.owner.user, path, has_page=False, answer=200)


def apart(world: World) -> Press:
    path = reverse("organisations:apart", args=[world.owner.organisation.public_id])
    place = Place.objects.get_or_create(slug="haifa")[0]
    return Press(world.owner.user, path, {"places": [place.pk]})


def stages(world: World) -> Press:
    path = reverse("organisations:stages", args=[world.owner.organisation.public_id])
    return Press(world.owner.user, path, {"every field": "as the page shows it"})


SCENES: dict[str, Callable[[World], Press]] = {
    "payments:divide": divide,
    "payments:refund": refund,
    "mandates:pause": pause_a_mandate,
    "mandates:stop": stop_a_mandate,
    "interests:note": note_an_interest,
    "mandates:resume": resume_a_mandate,
    "mandates:end": end_a_mandate,
    "matching:mandate_new": new_mandate,
    "matching:mandate_edit": change_mandate,
    "listings:appeal": appeal,
    "introductions:block": block,
    "introductions:block_other_side": block_other_side,
    "introductions:hold": hold,
    "introductions:mandate": give,
    "introductions:revoke_mandate": take_back,
    "introductions:release": release,
    "introductions:soften": soften,
    "introductions:draft": draft,
    "introductions:context": context,
    "introductions:pause": pause,
    "introductions:resume": resume,
    "organisations:apart": apart,
    "notices:stop": stop_mails,
    "organisations:remove_colleague": remove_a_colleague,
    "organisations:stages": stages,
    "organisations:end_block": end_block,
}


def test_every_address_that_takes_a_form_is_tried():
    posting = {row.name for row in rows() if "POST" in row.methods and not row.library}
    ours = {
        name
        for name in posting
        if "_util" not in name and not name.startswith(("staff/", "wagtail"))
    }
    assert ours - {*BODIES, *WITHOUT_FORM, *OTHERS, *SCENES} == set()


@pytest.mark.parametrize("key", SCENES)
def test_what_is_pressed_twice_happens_once(world, client, key):
    press = SCENES[key](world)
    client.force_login(press.by)
    body = dict(press.body)
    if press.has_page:
        page = client.get(press.path)
        if key == "organisations:stages":
            body = {each.html_name: each.value() for each in page.context["form"]}
        marks = MARK.findall(page.content.decode())
        body |= {"once": marks[0]} if marks else {}
    before = fingerprints()
    first = client.post(press.path, body)
    assert first.status_code == press.answer, getattr(first, "context", None)
    assert changed(before) != set()
    again = fingerprints()
    second = client.post(press.path, body)
    assert second.status_code in (press.answer, 404)
    assert changed(again) == set()
