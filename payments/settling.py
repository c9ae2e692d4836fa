"""What follows from the ledger: states of shares and fees, the active venture."""

import logging

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.ventures.actions import activate_venture
from payments import ledger
from payments.issuing import issue_missing
from payments.matters import note
from payments.models import Discrepancy, Fee, Share
from payments.notice_kinds import SHARE_REOPENED, SHARE_SETTLED
from payments.standing import (
    FeeStanding,
    ShareStanding,
    ShareTotals,
    Standing,
    fee_standing,
    share_standing,
)
from payments.telling import tell_payers

logger = logging.getLogger("payments")


def settle(share: Share) -> None:
    """Write into share and fee what their postings say, and act on what is new.

    The caller holds the locks of `Share.objects.locked` and its transaction, so
    that activation and notices belong to the posting that caused them.
    """
    fee = share.fee
    standings = standings_of(fee)
    _write_share(share, standings[share.pk])
    state = fee_standing(standings.values(), was_settled=fee.settled_at is not None)
    if state != fee.state and fee.state != Fee.State.VOID:
        _write_fee(fee, state)
    issue_missing(share)


def standings_of(fee: Fee) -> dict[int, ShareStanding]:
    """Where each share of a fee stands by its postings alone, by primary key."""
    sums = ledger.sums_by_share(fee)
    return {
        share.pk: share_standing(
            share.due_minor, ShareTotals.of_accounts(sums.get(share.pk, {}))
        )
        for share in fee.shares.all()
    }


def _write_share(share: Share, standing: ShareStanding) -> None:
    was_settled, was_overpaid = share.is_settled, share.is_overpaid
    if (share.state, share.is_overpaid) != (standing.state, standing.is_overpaid):
        share.state, share.is_overpaid = standing.state, standing.is_overpaid
        share.save(update_fields=["state", "is_overpaid"])
    if standing.is_overpaid and not was_overpaid:
        note(Discrepancy.Kind.OVERPAID, f"share:{share.public_id}")
    if standing.state is Standing.REOPENED and was_settled:
        note(Discrepancy.Kind.REOPENED, f"share:{share.public_id}")
    if was_settled and not standing.is_settled:
        tell_payers(share, SHARE_REOPENED)
    if standing.is_settled and not was_settled:
        log(share, "payments.share_settled")
        tell_payers(share, SHARE_SETTLED)


def _write_fee(fee: Fee, state: FeeStanding) -> None:
    first_time = state is FeeStanding.SETTLED and fee.settled_at is None
    fee.state = state
    if first_time:
        fee.settled_at = timezone.now()
    fee.save(update_fields=["state", "settled_at"])
    log(fee, "payments.fee_" + state.value)
    if first_time:
        _activate(fee)


def _activate(fee: Fee) -> None:
    """Start the venture; whatever fails in it must not undo the posting of money."""
    try:
        with transaction.atomic():
            activate_venture(fee.venture)
    except Exception:
        logger.exception("payments: venture %s not active", fee.venture.public_id)
        note(
            Discrepancy.Kind.NOT_ACTIVATED,
            f"venture:{fee.venture.public_id}",
            found=fee.venture.status,
        )
