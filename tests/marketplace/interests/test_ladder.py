"""Investors say how near they stand; founders read counts that tell of nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.exceptions import NotAllowed
from marketplace.interests.actions import (
    FEWEST_AT_ONCE,
    LONGEST_WAIT,
    count_interests,
    note_interest,
    take_back_interest,
)
from marketplace.interests.faces import FEWEST_SHOWN, rungs_of
from marketplace.interests.models import Interest, Level
from marketplace.listings.actions import withdraw_listing
from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from tests.factories import make_listing, make_member, make_organisation
from tests.mandates import make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def sought() -> Listing:
    return make_listing(
        make_organisation(side="ps"), kind="investment", title="Ten wells"
    )


def make_investor() -> Organisation:
    fund = make_organisation(side="third")
    make_member(fund)
    make_seat(fund)
    return fund


def person_of(organisation: Organisation):
    return organisation.memberships.get().user


def say(listing: Listing, level: str = "soft", *, by: Organisation) -> Interest:
    return note_interest(listing, level, organisation=by, by=person_of(by))


def several(listing: Listing, count: int, level: str = "soft") -> list[Interest]:
    return [say(listing, level, by=make_investor()) for _number in range(count)]


def end_seat(row: Interest) -> None:
    row.organisation.entitlements.update(ends_at=timezone.now())


def days_pass(days: int = 1) -> None:
    """All that was said lies so many days further back."""
    for row in Interest.objects.all():
        Interest.objects.filter(pk=row.pk).update(
            set_at=row.set_at - timedelta(days=days),
            due_since=row.due_since - timedelta(days=days),
        )
    count_interests()


def counts(listing: Listing) -> dict[str, int | None]:
    rungs = zip(Level, rungs_of(listing), strict=True)
    return {level.value: rung.count for level, rung in rungs if rung.count}


def test_from_four_on_a_founder_reads_how_many_stand_on_a_rung(sought):
    several(sought, FEWEST_SHOWN, "soft")
    several(sought, FEWEST_SHOWN - 1, "committed")
    days_pass()

    assert counts(sought) == {"soft": FEWEST_SHOWN}


def test_what_is_said_today_does_not_show_today(sought):
    several(sought, FEWEST_SHOWN)

    assert count_interests() == 0
    assert counts(sought) == {}


def test_one_more_shows_only_together_with_two_others(sought):
    several(sought, FEWEST_SHOWN)
    days_pass()
    several(sought, FEWEST_AT_ONCE - 1)
    days_pass()
    assert counts(sought) == {"soft": FEWEST_SHOWN}

    several(sought, 1)
    days_pass()
    assert counts(sought) == {"soft": FEWEST_SHOWN + FEWEST_AT_ONCE}


def test_what_is_said_while_others_are_counted_waits_for_its_own_day(sought):
    rows = several(sought, FEWEST_SHOWN)
    days_pass()
    several(sought, FEWEST_AT_ONCE)
    Interest.objects.exclude(pk__in=[row.pk for row in rows]).update(
        due_since=timezone.now() - timedelta(days=1)
    )
    say(sought, "observing", by=rows[0].organisation)

    assert count_interests() == 1
    assert counts(sought) == {"soft": FEWEST_SHOWN + FEWEST_AT_ONCE}


def test_one_that_stays_alone_shows_after_four_weeks(sought):
    rows = several(sought, FEWEST_SHOWN + 1)
    days_pass()
    take_back_interest(rows[0], by=person_of(rows[0].organisation))
    days_pass(LONGEST_WAIT.days)
    assert counts(sought) == {"soft": FEWEST_SHOWN + 1}

    days_pass()
    assert counts(sought) == {"soft": FEWEST_SHOWN}
    assert not Interest.objects.filter(pk=rows[0].pk).exists()


def test_who_changes_the_mind_within_the_day_changes_no_count(sought):
    rows = several(sought, FEWEST_SHOWN)
    days_pass()
    for row in rows[:FEWEST_AT_ONCE]:
        say(sought, "committed", by=row.organisation)
        say(sought, "soft", by=row.organisation)
    days_pass()

    assert counts(sought) == {"soft": FEWEST_SHOWN}


def test_seats_that_have_ended_leave_the_counts_together_with_others(sought):
    rows = several(sought, FEWEST_SHOWN + FEWEST_AT_ONCE)
    days_pass()
    for row in rows[:FEWEST_AT_ONCE]:
        end_seat(row)
    count_interests()
    assert counts(sought) == {"soft": FEWEST_SHOWN + FEWEST_AT_ONCE}

    days_pass()
    assert counts(sought) == {"soft": FEWEST_SHOWN}


def test_a_seat_that_ends_alone_waits_its_four_weeks_however_old_the_word(sought):
    rows = several(sought, FEWEST_SHOWN + 1)
    days_pass()
    days_pass(LONGEST_WAIT.days + 1)
    end_seat(rows[0])
    count_interests()
    days_pass(LONGEST_WAIT.days)
    assert counts(sought) == {"soft": FEWEST_SHOWN + 1}

    days_pass()
    assert counts(sought) == {"soft": FEWEST_SHOWN}


def test_a_seat_that_comes_back_before_it_was_counted_changes_nothing(sought):
    rows = several(sought, FEWEST_SHOWN + 1)
    days_pass()
    end_seat(rows[0])
    days_pass()
    rows[0].organisation.entitlements.update(ends_at=None)
    days_pass(LONGEST_WAIT.days + 1)

    assert counts(sought) == {"soft": FEWEST_SHOWN + 1}
    assert not any(row.is_waiting for row in Interest.objects.all())


def test_one_that_has_waited_long_carries_no_other_along(sought):
    rows = several(sought, FEWEST_SHOWN + 2)
    days_pass()
    take_back_interest(rows[0], by=person_of(rows[0].organisation))
    days_pass(LONGEST_WAIT.days)
    take_back_interest(rows[1], by=person_of(rows[1].organisation))
    days_pass()

    assert counts(sought) == {"soft": FEWEST_SHOWN + 1}


def test_taking_back_what_is_gone_by_now_is_nothing(sought):
    row = say(sought, by=make_investor())
    person = person_of(row.organisation)
    take_back_interest(row, by=person)
    days_pass()
    assert not Interest.objects.exists()

    take_back_interest(row, by=person)
    assert not Interest.objects.exists()


def test_only_a_seat_lets_an_organisation_speak(sought):
    fund = make_organisation(side="third")
    make_member(fund)

    with pytest.raises(NotAllowed):
        say(sought, by=fund)


@pytest.mark.parametrize(
    "listing",
    [
        lambda: make_listing(make_organisation(side="ps"), kind="offer"),
        lambda: make_listing(make_organisation(side="third"), kind="investment"),
        lambda: make_listing(
            make_organisation(side="ps"), kind="investment", live=False
        ),
    ],
    ids=["an offer", "of the own side", "not public"],
)
def test_there_is_no_ladder_at(listing):
    with pytest.raises(NotAllowed):
        say(listing(), by=make_investor())


def test_a_colleague_without_the_right_to_act_says_nothing(sought):
    fund = make_investor()
    reader = make_member(fund, role="viewer")

    with pytest.raises(NotAllowed):
        note_interest(sought, "soft", organisation=fund, by=reader)


# -- pages -----------------------------------------------------------------------


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
