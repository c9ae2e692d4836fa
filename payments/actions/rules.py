"""What a schedule waives by itself: a rule, and no persons."""

from django.utils import timezone

from payments.actions.granting import book_adjustment
from payments.models import Adjustment, Fee, FeeSchedule, Share
from payments.settling import settle


def apply_waiver_rule(fee: Fee, schedule: FeeSchedule) -> None:
    """Waive what the schedule in force waives without asking; inside `raise_fee`."""
    for pk in fee.shares.order_by("pk").values_list("pk", flat=True):
        share = Share.objects.locked(pk)
        if share.due_minor == 0:
            settle(share)  # a side that pays nothing has nothing to wait for
        elif _fits(schedule, share):
            _waive(share, schedule)


def _fits(schedule: FeeSchedule, share: Share) -> bool:
    if schedule.waiver_rule != FeeSchedule.WaiverRule.FIRST:
        return False
    earlier = Share.objects.filter(party__organisation=share.party.organisation)
    return not earlier.exclude(fee=share.fee_id).exclude(fee__state="void").exists()


def _waive(share: Share, schedule: FeeSchedule) -> None:
    percent = schedule.waiver_percent
    amount = share.due.split([percent, 100 - percent])[0]
    if amount.minor == 0:
        return
    adjustment = Adjustment.objects.create(
        share=share,
        currency_id=amount.currency,
        amount_minor=amount.minor,
        kind=Adjustment.Kind.WAIVER,
        rule=schedule.waiver_rule,
        reason=Adjustment.Reason.OTHER,
        state=Adjustment.State.APPROVED,
        decided_at=timezone.now(),
    )
    book_adjustment(adjustment, share, memo=f"rule {schedule.waiver_rule}")
