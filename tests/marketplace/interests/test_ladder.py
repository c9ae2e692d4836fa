"""Investors say how near they stand; founders read counts that tell of nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.exceptions import NotAllowed
from marketplace.interests.actions import (
    FEWEST_AT_ONCE,
    LONGEST_WAIT,
    count_interests,
    note_interest,
    take_back_interest,
)
from marketplace.interests.faces import FEWEST_SHOWN
from marketplace.interests.models import Interest
from marketplace.listings.models import Listing
from tests.factories import make_listing, make_member, make_organisation

from .saying import (
    counts,
    days_pass,
    end_seat,
    make_investor,
    make_sought,
    person_of,
    say,
    several,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sought() -> Listing:
    return make_sought()


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
