"""The pages of the ladder: an investor notes, a founder reads counts and no names."""

import pytest
from django.urls import reverse

from marketplace.interests.faces import FEWEST_SHOWN
from marketplace.interests.models import Interest
from marketplace.listings.actions import withdraw_listing
from marketplace.listings.models import Listing
from tests.factories import make_member, make_organisation

from .saying import days_pass, make_investor, make_sought, person_of, say, several

pytestmark = pytest.mark.django_db


@pytest.fixture
def sought() -> Listing:
    return make_sought()


def page_of(sought: Listing, name: str = "note") -> str:
    return reverse(f"interests:{name}", args=[sought.public_id])


def test_an_investor_notes_changes_and_takes_back(client, sought):
    fund = make_investor()
    client.force_login(person_of(fund))
    listing = client.get(sought.get_absolute_url()).content.decode()
    assert page_of(sought) in listing

    for level in ("observing", "committed"):
        said = client.post(
            page_of(sought), {"organisation": fund.pk, "level": level}, follow=True
        )
        assert Interest.objects.get().level == level
    assert "Ten wells" in said.content.decode()

    client.post(page_of(sought), {"organisation": fund.pk, "level": "none"})
    assert Interest.objects.get().level == ""
    assert "Ten wells" not in client.get(reverse("interests:list")).content.decode()


def test_a_rung_that_does_not_exist_is_refused(client, sought):
    fund = make_investor()
    client.force_login(person_of(fund))

    body = {"organisation": fund.pk, "level": "certain"}
    assert client.post(page_of(sought), body).status_code == 422
    assert not Interest.objects.exists()


def test_what_left_the_market_can_still_be_taken_back_and_is_not_named(client, sought):
    fund = make_investor()
    say(sought, by=fund)
    withdraw_listing(sought, by=sought.owner)
    client.force_login(person_of(fund))

    page = client.get(reverse("interests:list")).content.decode()
    assert "Ten wells" not in page
    assert client.get(page_of(sought)).status_code == 404
    client.post(page_of(sought), {"organisation": fund.pk, "level": "none"})
    assert not Interest.objects.standing().exists()


@pytest.mark.parametrize("key", ["9" * 5000, "of all"])
def test_a_number_that_names_nobody_takes_nothing_back(client, sought, key):
    row = say(sought, by=make_investor())
    client.force_login(person_of(row.organisation))

    body = {"organisation": key, "level": "none"}
    assert client.post(page_of(sought), body).status_code == 302
    assert Interest.objects.standing().exists()


def test_a_member_without_a_seat_sees_no_ladder(client, sought):
    fund = make_organisation(side="il")
    client.force_login(make_member(fund))
    several(sought, FEWEST_SHOWN)
    days_pass()

    listing = client.get(sought.get_absolute_url()).content.decode()
    assert "interests/" not in listing
    assert client.get(page_of(sought)).status_code == 404
    assert client.get(page_of(sought, "counts")).status_code == 404
    body = {"organisation": fund.pk, "level": "soft"}
    assert client.post(page_of(sought), body).status_code == 404


def test_an_investor_cannot_speak_for_another(client, sought):
    mine, other = make_investor(), make_investor()
    client.force_login(person_of(mine))

    body = {"organisation": other.pk, "level": "soft"}
    assert client.post(page_of(sought), body).status_code == 422
    say(sought, by=other)
    client.post(page_of(sought), {"organisation": other.pk, "level": "none"})
    assert Interest.objects.get().level == "soft"


def test_a_founder_reads_counts_and_no_names(client, sought):
    rows = several(sought, FEWEST_SHOWN)
    few = several(sought, 1, "committed")
    days_pass()
    client.force_login(sought.owner)

    page = client.get(page_of(sought, "counts")).content.decode()

    assert "4 organisations" in page
    assert page.count("Fewer than 4, or none") == 3
    assert not any(row.organisation.alias in page for row in rows + few)


def test_the_page_is_the_same_for_none_and_for_three(client, sought):
    client.force_login(sought.owner)

    def read() -> str:
        page = client.get(page_of(sought, "counts")).content.decode()
        return page.partition("<main")[2].partition("</main>")[0]

    before = read()
    several(sought, FEWEST_SHOWN - 1)
    days_pass()

    assert "Interest of investors" in before
    assert read() == before
