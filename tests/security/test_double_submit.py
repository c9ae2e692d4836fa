"""R-10: a form that is sent twice has its effect once, and the answer is a friendly one.

Every address that takes a form is in `BODIES`, in `WITHOUT_FORM` or a scene of
`test_pressed_twice`; each is sent as a browser sends it, with the mark its page carries,
and then sent again as it was.
"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marketplace.introductions.models import Message
from marketplace.people.models import Submission
from marketplace.taxonomy.models import Place
from payments.gateway import get_gateway
from search.models import SavedListing
from tests.factories import make_sector
from tests.security.fingerprints import changed, fingerprints
from tests.security.making import make_picture
from tests.security.people import user_of
from tests.security.plans import PLANS, proposal
from tests.security.roles import Row, address, arguments, rows

MARK = re.compile(r'name="once" value="([0-9a-f-]{36})"')
FIVE = dict.fromkeys(("i_bring", "i_need", "why_you", "first_step"), "Forty words")


def registration(world) -> dict:
    return {
        "alias": "Press in the hills",
        "descriptor": "Two presses",
        "sector_1": make_sector("10", level="division").pk,
        "languages": ["en"],
        "side": "il",
        "place": Place.objects.get_or_create(slug="haifa")[0].pk,
        "legal_name": "A Press Ltd",
    }


def listing(world) -> dict:
    counts = {
        f"{block}-{name}_FORMS": "0"
        for block in ("brings", "needs")
        for name in ("TOTAL", "INITIAL")
    }
    return counts | {
        "organisation": world.owner.organisation.pk,
        "kind": "offer",
        "written_in": "en",
        "title": "Cold store with room",
        "summary": "Two chambers at four degrees.",
        "sector_1": make_sector().pk,
        "place": Place.objects.get_or_create(slug="haifa")[0].pk,
        "reach": "region",
        "languages": ["en"],
        "meets_online": "on",
        "permits": "unknown",
        "perishable": "no",
    }


def picture(world) -> dict:
    upload = SimpleUploadedFile(
        "a.jpg", make_picture(colour="navy").read(), "image/jpeg"
    )
    return {"photo": upload, "shows_nobody": "on", "description": "A press"}


# Who sends what; what has a page of its own is sent with the mark of that page.
BODIES = {
    "people:settings": (
        "owner",
        lambda world: {
            "alias": "New alias",
            "language": "en",
            "time_zone": "UTC",
            "discretion": "1",
        },
    ),
    "notices:habits": ("owner", lambda world: {"cadence": "daily", "wanted": []}),
    "organisations:register": ("owner", registration),
    "organisations:edit": ("owner", registration),
    "organisations:invite": (
        "owner",
        lambda world: {"email": "new@members.example", "role": "editor"},
    ),
    "listings:create": ("owner", listing),
    "listings:report": ("stranger", lambda world: {"reason": "untrue", "note": "So"}),
    "listings:photos": ("owner", picture),
    "introductions:ask": (
        "stranger",
        lambda world: {**FIVE, "asker": world.stranger.organisation.pk},
    ),
    "introductions:decline": ("owner", lambda world: {"because": "not_now"}),
    "introductions:question": ("owner", lambda world: {"text": "How many pallets?"}),
    "introductions:report": ("mutual", lambda world: {"because": "hurtful"}),
    "introductions:message": ("mutual", lambda world: {"text": "A first word"}),
    "ventures:confirm": ("owner", lambda world: {"stand": "2"}),
    "ventures:way_on": ("partner", lambda world: {"way": "contact"}),
    "ventures:pulse": ("owner", lambda world: {"every": "14"}),
    **PLANS,
    "ventures:propose": ("owner", proposal),
    "ventures:edit": ("partner", proposal),
    "payments:waiver": ("owner", lambda world: {"because": "means"}),
}
# Buttons: nothing is written, and the state of the thing itself says that it is done.
WITHOUT_FORM = {
    *("leave", "people:language", "notices:read_all", "notices:open"),
    *("organisations:accept_invitation", "organisations:ask_again"),
    *("organisations:revoke", "search:save", "listings:submit", "listings:withdraw"),
    *("listings:renew", "listings:drop_photo", "introductions:discard"),
    *("introductions:accept", "introductions:reply", "introductions:agree"),
    *("introductions:stop", "introductions:withdraw", "introductions:close"),
    *("ventures:sign", "ventures:withdraw", "payments:pay", "payments:transfer"),
    *("payments:screening", "payments:voucher", "search:alert"),
    *("payments:seat_take", "payments:seat_cancel", "payments:seat_keep"),
    *("payments:seat_change", "payments:seat_card", "payments:seat_confirm"),
    "payments:seat_keep_plan",
    *("ventures:observer_invite", "ventures:observer_agree", "ventures:observer_join"),
    *("ventures:observer_end", "ventures:dissent_back"),
}
# Answered by the frame and Wagtail, or as in `BODIES`; a file that is fetched twice was
# taken out twice, and the record says so.
OTHERS = {"home", "wagtail_serve", "stripe_webhook", "listings:edit"}
OTHERS |= {"introductions:export", "ventures:export"}
# Where the page with the form has another address than the form.
PAGES = {
    "introductions:message": "introductions:detail",
    "ventures:confirm": "ventures:detail",
    "ventures:way_on": "ventures:detail",
    "ventures:pulse": "ventures:detail",
}


@pytest.fixture(autouse=True)
def _no_network(settings):
    settings.PAYMENT_GATEWAY = {
        "BACKEND": "tests.security.roles.NoNetwork",
        "OPTIONS": {},
    }
    get_gateway.cache_clear()
    yield
    get_gateway.cache_clear()


def row_of(key: str) -> Row:
    return next(row for row in rows() if row.key == key)


def signed_in(world, viewer: str) -> Client:
    browser = Client()
    browser.force_login(user_of(world, viewer))
    return browser


def mark_on(browser: Client, path: str) -> dict[str, str]:
    found = MARK.findall(browser.get(path).content.decode())
    return {"once": found[0]} if found else {}


@pytest.mark.django_db
@pytest.mark.parametrize("key", BODIES)
def test_a_form_sent_twice_has_its_effect_once(world, key):
    viewer, body_of = BODIES[key]
    browser, path = signed_in(world, viewer), address(row_of(key), world)
    page = path
    if key in PAGES:
        page = reverse(PAGES[key], kwargs=arguments(row_of(key).object, world))
    body = mark_on(browser, page) | body_of(world)
    before = fingerprints()
    answer = browser.post(path, body)
    assert answer.status_code == 302, getattr(answer, "context", None) and (
        answer.context["form"].errors
    )
    assert changed(before) != set()
    again = fingerprints()
    if "photo" in body:
        body["photo"].seek(0)
    second = browser.post(path, body)
    assert second.status_code in (302, 404, 422)
    assert changed(again) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("key", sorted(WITHOUT_FORM))
def test_a_button_pressed_twice_acts_once(world, key):
    row, viewer = row_of(key), "owner"
    if key in ("introductions:discard", "introductions:withdraw"):
        viewer = "interested"
    browser, path = signed_in(world, viewer), address(row, world)
    body = {"text_hash": world.proposal.text_hash(), "language": "en"}
    browser.post(path, body)
    again = fingerprints()
    assert browser.post(path, body).status_code < 500
    assert changed(again) == set()


@pytest.mark.django_db
def test_a_form_that_came_back_with_errors_may_be_sent_again(world):
    browser = signed_in(world, "mutual")
    page, path = (
        world.met.get_absolute_url(),
        reverse("introductions:message", args=[world.met.public_id]),
    )
    body = mark_on(browser, page)
    assert browser.post(path, body | {"text": ""}).status_code == 422
    assert not Submission.objects.exists()
    assert browser.post(path, body | {"text": "Now with words"}).status_code == 302
    assert world.met.messages.filter(text="Now with words").count() == 1


@pytest.mark.django_db
def test_who_sent_twice_is_told_and_led_where_the_first_one_led(world):
    browser = signed_in(world, "stranger")
    path = reverse("organisations:register")
    body = mark_on(browser, path) | registration(world)
    first, second = browser.post(path, body), browser.post(path, body)
    assert first.url == second.url
    html = browser.get(second.url).content.decode()
    assert "This was sent already. Nothing was sent twice." in html


@pytest.mark.django_db
def test_a_mark_of_somebody_else_stops_nobody(world):
    body = mark_on(signed_in(world, "owner"), world.met.get_absolute_url())
    path = reverse("introductions:message", args=[world.met.public_id])
    before = Message.objects.count()
    for viewer in ("owner", "mutual"):
        signed_in(world, viewer).post(path, body | {"text": "Both write"})
    assert Message.objects.count() == before + 2


@pytest.mark.django_db
def test_putting_aside_twice_keeps_it_aside(world):
    browser = signed_in(world, "stranger")
    path = reverse("search:save", args=[world.listing.public_id])
    for body, kept in (
        ({}, 1),
        ({}, 1),
        ({"put_back": "1"}, 0),
        ({"put_back": "1"}, 0),
    ):
        browser.post(path, body)
        assert SavedListing.objects.filter(user=world.stranger.user).count() == kept
