"""The form of a listing: what it takes, what it refuses, and that nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from marketplace.listings.models import Listing
from marketplace.money import Money
from marketplace.taxonomy.models import Capability, Place
from tests.factories import make_member, make_organisation, make_sector

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    user = make_member(make_organisation())
    client.force_login(user)
    return user


@pytest.fixture
def typed(owner):
    """A filled form, as a browser sends it."""
    place, _new = Place.objects.get_or_create(slug="haifa")
    capability, _new = Capability.objects.get_or_create(
        slug="cold-storage", defaults={"step": "storage"}
    )
    values = {
        "organisation": str(owner.memberships.get().organisation_id),
        "kind": "offer",
        "written_in": "en",
        "title": "Cold store with room for two",
        "summary": "Two chambers at four degrees, near the crossing.",
        "details": "",
        "sector_1": str(make_sector("5210").pk),
        "amount_from": "12,500.50",
        "amount_to": "20000",
        "amount_currency": "ILS",
        "stage": "",
        "place": str(place.pk),
        "reach": "region",
        "languages": ["en", "ar"],
        "meets_online": "on",
        "permits": "unknown",
        "perishable": "days",
        "start_on": "2027-01-15",
        "anonymous": "on",
    }
    for block in ("brings", "needs"):
        values |= {f"{block}-TOTAL_FORMS": "3", f"{block}-INITIAL_FORMS": "0"}
        values |= {f"{block}-MIN_NUM_FORMS": "0", f"{block}-MAX_NUM_FORMS": "8"}
    values |= {"brings-0-capability": str(capability.pk), "brings-0-quantity": "40 m³"}
    values |= {"brings-2-text": "a loading ramp", "needs-0-text": "a carrier"}
    return values


CREATE = "/en/listings/new/"


def refused(client, typed, **changes):
    response = client.post(CREATE, typed | changes)
    assert response.status_code == 422
    assert not Listing.objects.exists()
    return response.content.decode()


def test_a_draft_is_kept_with_all_that_was_typed(client, owner, typed):
    response = client.post(CREATE, typed | {"keep": "1"})
    listing = Listing.objects.get()
    assert response["Location"] == reverse("listings:edit", args=[listing.public_id])
    assert listing.state == Listing.State.DRAFT
    assert listing.amounts == (Money(1_250_050, "ILS"), Money(2_000_000, "ILS"))
    brings = [(i.capability_id, i.text, i.quantity) for i in listing.brings.all()]
    assert brings == [
        (int(typed["brings-0-capability"]), "", "40 m³"),
        (None, "a loading ramp", ""),
    ]
    assert [item.text for item in listing.needs.all()] == ["a carrier"]
    assert [sector.code for sector in listing.sectors.all()] == ["5210"]
    assert (str(listing.start_on), listing.languages) == ("2027-01-15", ["en", "ar"])


def test_sending_puts_it_into_review(client, owner, typed, reviewer):
    client.post(CREATE, typed | {"submit": "1"})
    assert Listing.objects.get().state == Listing.State.IN_REVIEW


def test_the_form_shows_what_was_kept_and_changes_it(client, owner, typed):
    client.post(CREATE, typed | {"keep": "1"})
    listing = Listing.objects.get()
    address = reverse("listings:edit", args=[listing.public_id])
    page = client.get(address).content.decode()
    assert 'value="12500.50"' in page
    assert "a loading ramp" in page
    first, second = listing.brings.all()
    again = typed | {
        "brings-INITIAL_FORMS": "2",
        "brings-0-id": str(first.pk),
        "brings-0-DELETE": "on",
        "brings-1-id": str(second.pk),
        "brings-1-text": "a ramp",
        "brings-2-text": "",
        "needs-INITIAL_FORMS": "1",
        "needs-0-id": str(listing.needs.get().pk),
        "amount_from": "",
        "amount_to": "",
    }
    assert client.post(address, again | {"keep": "1"}).status_code == 302
    listing = Listing.objects.get()
    assert [item.text for item in listing.brings.all()] == ["a ramp"]
    assert (listing.amounts, listing.amount_currency) == ((None, None), "")


def test_another_row_keeps_what_was_typed_and_judges_nothing(client, owner, typed):
    response = client.post(CREATE, typed | {"add_row": "brings", "title": ""})
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count('name="brings-3-text"') == 1
    assert re.findall(r'name="(\S+)"[^>]* autofocus', page) == ["brings-3-capability"]
    assert "a loading ramp" in page
    assert "form-errors" not in page
    assert not Listing.objects.exists()


def test_an_error_stands_beside_its_field_and_on_top_and_nothing_is_lost(
    client, owner, typed
):
    page = refused(client, typed, title="", **{"brings-1-quantity": "7 tonnes"})
    assert 'href="#id_title"' in page
    assert 'id="id_title_error"' in page
    assert 'href="#id_brings-1-text"' in page
    for kept in (
        "Two chambers at four degrees",
        "a loading ramp",
        "12,500.50",
        "7 tonnes",
    ):
        assert kept in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount_from": "-5"}, "An amount cannot be below zero."),
        ({"amount_from": "30000"}, "The second amount is smaller than the first."),
        ({"amount_from": "many"}, "Write the amount in digits"),
        ({"amount_from": "NaN"}, "Write the amount in digits"),
        ({"amount_from": "1e999"}, "too large"),
        ({"amount_from": "1.005"}, "This currency has 2 decimal places."),
        ({"amount_currency": ""}, "Choose the currency of the amount."),
        ({"amount_currency": "GBP"}, "GBP"),
        ({"title": "x" * 121}, "at most 120 characters"),
        ({"summary": "y" * 10_000}, "a word of more than 200 letters"),
        ({"title": "\u202e\u200b"}, "This field is required."),
        ({"kind": "gift"}, "gift"),
        ({"languages": []}, "This field is required."),
        ({"languages": ["xx"]}, "xx"),
        ({"place": "999999"}, "valid choice"),
        ({"sector_1": "999999"}, "valid choice"),
        ({"brings-0-capability": "999999"}, "valid choice"),
        ({"meets_online": ""}, "Choose at least one way to meet."),
        ({"start_on": "31/31/2026"}, "valid date"),
        ({"organisation": "999999"}, "valid choice"),
    ],
)
def test_what_cannot_be_is_refused_with_a_clear_sentence(
    client, owner, typed, changes, sentence
):
    assert sentence in refused(client, typed, **changes)


def test_more_rows_than_a_listing_holds_are_refused(client, owner, typed):
    rows = {f"brings-{number}-text": f"thing {number}" for number in range(30)}
    refused(client, typed, **rows, **{"brings-TOTAL_FORMS": "30"})


def test_a_form_with_broken_bookkeeping_is_refused_without_a_crash(
    client, owner, typed
):
    refused(client, typed, **{"brings-TOTAL_FORMS": "lots"})
    for value in ("", "-1", "lots"):
        response = client.post(
            CREATE, typed | {"brings-TOTAL_FORMS": value, "add_row": "brings"}
        )
        assert response.status_code in (200, 422)


def test_signs_that_deceive_the_eye_are_taken_out(client, owner, typed):
    client.post(
        CREATE, typed | {"title": "Oil \u202eexe.lio\u2066\u200b press", "keep": "1"}
    )
    assert Listing.objects.get().title == "Oil exe.lio press"


def test_markup_is_text_and_shows_as_text(client, owner, typed):
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    client.post(
        CREATE, typed | {"summary": script, "brings-2-text": script, "keep": "1"}
    )
    listing = Listing.objects.get()
    assert listing.summary == script
    for address in (
        listing.get_absolute_url(),
        reverse("listings:edit", args=[listing.public_id]),
        reverse("listings:mine"),
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_nobody_writes_for_a_foreign_organisation(client, owner, typed):
    other = make_organisation()
    refused(client, typed, organisation=str(other.pk))


def test_somebody_without_an_organisation_is_shown_the_way(client):
    organisation = make_organisation()
    client.force_login(make_member(organisation, role="viewer"))
    page = client.get(CREATE).content.decode()
    assert reverse("organisations:register") in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]


def test_each_field_says_who_will_see_it(client, owner):
    page = client.get(CREATE).content.decode()
    assert "Anyone can see this." in page
    assert "Signed-in members can see this." in page


def test_words_that_give_the_writer_away_are_shown_before_they_are_sent(
    client, owner, typed, reviewer
):
    organisation = owner.memberships.get().organisation
    words = typed | {"summary": f"{organisation.legal_name} has room", "submit": "1"}
    answer = client.post(CREATE, words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "your legal name" in page
    assert "has room</textarea>" in page
    assert not Listing.objects.exists()
    client.post(CREATE, words | {"looked": "1"})
    assert Listing.objects.get().state == Listing.State.IN_REVIEW


def test_a_draft_is_kept_whatever_its_words_give_away(client, owner, typed):
    words = typed | {"summary": "Write to me@press.example", "keep": "1"}
    assert client.post(CREATE, words).status_code == 302
    assert Listing.objects.get().state == Listing.State.DRAFT


@pytest.mark.parametrize(
    ("kind", "kept"), [("investment", ["loan", "grant"]), ("offer", [])]
)
def test_a_form_of_funding_is_kept_where_money_is_sought(client, typed, kind, kept):
    client.post(CREATE, typed | {"kind": kind, "instruments": ["loan", "grant"]})

    assert Listing.objects.get().instruments == kept
