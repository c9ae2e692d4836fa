"""Staff see how introductions and ventures go, and nothing that is the parties' own."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse

from marketplace.introductions.models import Introduction, Message
from marketplace.ventures.models import JointVenture, VentureParty
from tests.factories import make_listing, make_member, make_organisation

pytestmark = pytest.mark.django_db


def make_introduction(**fields):
    asker = make_organisation(side="ps", alias="Alias of asker", legal_name="Nablus Co")
    listing = make_listing(make_organisation(alias="Alias of asked"))
    by = make_member(asker, alias="Person who asks")
    introduction = Introduction.objects.create(
        asker=asker,
        asked=listing.organisation,
        listing=listing,
        asked_by=by,
        i_bring="secret answer",
        i_need="secret answer",
        why_you="secret answer",
        first_step="secret answer",
        note="secret note",
        status=fields.pop("status", "asked"),
        **fields,
    )
    Message.objects.create(
        introduction=introduction, organisation=asker, author=by, text="secret message"
    )
    return introduction


def make_venture(introduction):
    venture = JointVenture.objects.create(
        introduction=introduction,
        title="secret title",
        purpose="secret purpose",
        starts_on=date(2026, 12, 1),
        proposed_by=introduction.asked_by,
    )
    for organisation in (introduction.asker, introduction.asked):
        VentureParty.objects.create(
            venture=venture, organisation=organisation, ownership=5000
        )
    return venture


@pytest.mark.parametrize("screen", ["index", "inspect"])
@pytest.mark.parametrize("kind", ["introduction", "jointventure"])
def test_staff_see_aliases_and_no_words_of_the_parties(client, staff, kind, screen):
    introduction = make_introduction()
    thing = introduction if kind == "introduction" else make_venture(introduction)
    staff(f"view_{kind}")
    args = [thing.pk] if screen == "inspect" else []
    answer = client.get(reverse(f"{kind}:{screen}", args=args))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert str(thing.public_id) in html
    for secret in (
        "secret",
        "Nablus Co",
        "Person who asks",
        introduction.asked_by.email,
    ):
        assert secret not in html
    if screen == "index":
        assert "Alias of asker" in html
        assert "Alias of asked" in html


@pytest.mark.parametrize("kind", ["introduction", "jointventure"])
@pytest.mark.parametrize("act", ["add", "edit", "delete", "history", "usage", "copy"])
def test_no_address_changes_what_the_parties_agreed(kind, act):
    with pytest.raises(NoReverseMatch):
        reverse(f"{kind}:{act}", args=[] if act == "add" else [1])


def test_a_list_is_narrowed_to_one_status(client, staff):
    waiting, done = make_introduction(), make_introduction(status="declined")
    staff("view_introduction")
    answer = client.get(reverse("introduction:index"), {"status": "asked"})
    html = answer.content.decode()
    assert str(waiting.public_id) in html
    assert str(done.public_id) not in html


def test_without_the_right_the_list_stays_shut(client, staff):
    staff()
    answer = client.get(reverse("introduction:index"))
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("kind", ["introduction", "jointventure"])
def test_a_longer_list_asks_the_database_no_more(
    client, staff, kind, django_assert_max_num_queries
):
    make_venture(make_introduction())
    staff(f"view_{kind}")
    client.get(reverse(f"{kind}:index"))
    for _ in range(5):
        make_venture(make_introduction())
    with django_assert_max_num_queries(12):
        client.get(reverse(f"{kind}:index"))
