"""Dividing a share into monthly parts, as its payer chooses."""

from django.db import transaction
from wagtail.log_actions import log

from marketplace.people.models import User
from marketplace.refusals import require
from payments import ledger
from payments.exceptions import AlreadySettled, CannotDivide
from payments.models import Share
from payments.permissions import can_pay


@transaction.atomic
def choose_instalments(share: Share, *, count: int, by: User) -> Share:
    """The payer divides an open share, or makes it whole again (a count of 1)."""
    share = Share.objects.locked(share.pk)
    require(can_pay(by, share))
    if ledger.open_amount(share).minor == 0:
        raise AlreadySettled
    if not 1 <= count <= share.fee.most_instalments or (
        count > 1 and not share.may_divide
    ):
        raise CannotDivide
    if share.instalments == count:
        return share
    share.instalments = count
    share.save(update_fields=["instalments"])
    log(share, "payments.share_divided", user=by)
    return share
