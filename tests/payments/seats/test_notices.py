"""What the people of an investor are told of their seat, each thing once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from marketplace.mandates.permissions import may_be_told
from marketplace.notices.models import Notice
from payments.actions.seats import cancel_seat
from payments.models import Subscription
from payments.reminding import remind_investors
from payments.seat_standing import GRACE
from tests.factories import make_member
from tests.payments.seats.seat import FAILS_LATER, after, owner_of, take

pytestmark = pytest.mark.django_db


def told(organisation) -> list[str]:
    """The kinds of notices about its seat, in the order they came."""
    about = Notice.objects.filter(recipient=owner_of(organisation)).order_by("pk")
    kinds = about.filter(about_type="payments.subscription")
    return [
        kind.removeprefix("payments.seat_")
        for kind in kinds.values_list("kind", flat=True)
    ]


def test_a_trial_that_ends_a_card_that_fails_and_the_end_are_told(
    stripe, investor, plan
):
    viewer = make_member(investor, role="viewer")
    row = take(stripe, investor, plan, FAILS_LATER)
    assert told(investor) == []
    after(stripe, row, 12)
    assert told(investor) == ["trial_ends"]
    after(stripe, row, 3)
    assert told(investor) == ["trial_ends", "unpaid"]
    for _ in range(3):
        after(stripe, row, 7)
    assert row.status == "canceled"
    assert told(investor) == ["trial_ends", "unpaid", "ended"]
    assert not Notice.objects.filter(recipient=viewer).exists()


def test_a_lost_event_of_a_trial_is_made_up_for_by_our_own_clock(
    stripe, investor, plan
):
    row = take(stripe, investor, plan)
    nearly = row.trial_end - timedelta(days=2)
    assert remind_investors(at=timezone.now()) == 0
    for _ in range(2):
        assert remind_investors(at=nearly) == 1
    assert told(investor) == ["trial_ends"]


def test_who_ended_a_trial_is_not_warned_of_a_payment(stripe, investor, plan):
    row = take(stripe, investor, plan)
    cancel_seat(row, by=owner_of(investor))
    after(stripe, row, 12)
    assert remind_investors(at=row.trial_end - timedelta(days=1)) == 0
    assert told(investor) == []


def test_after_seven_days_unpaid_the_seat_rests_and_people_hear_it_once(
    stripe, investor, plan
):
    row = take(stripe, investor, plan, FAILS_LATER)
    after(stripe, row, 15)
    long_ago = timezone.now() - GRACE - timedelta(hours=1)
    Subscription.objects.filter(pk=row.pk).update(period_start=long_ago)
    for _ in range(2):
        call_command("remind_payers", verbosity=0)
    assert told(investor) == ["unpaid", "rests"]
    assert may_be_told(investor)  # the right ends by its own date, not by this letter
