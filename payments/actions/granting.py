"""Booking what lessens a share; every adjustment goes this one way into the ledger."""

from django.utils import timezone

from marketplace.people.models import User
from payments import ledger
from payments.models import Adjustment, Share
from payments.models.ledger import Account
from payments.modes import Mode
from payments.settling import settle

# A correction lessens what was charged; anything else is charged and given up.
ACCOUNTS: dict[str, Account] = {Adjustment.Kind.CORRECTION: Account.FEE_INCOME}


def book_adjustment(
    adjustment: Adjustment, share: Share, *, by: User | None = None, memo: str = ""
) -> None:
    """Post an approved adjustment, or its taking back, and settle the share.

    The caller holds the locks of `Share.objects.locked` and its transaction.
    """
    amount = adjustment.amount
    ledger.post(
        ledger.Fact(
            key=f"adj:{adjustment.public_id}",
            kind=ledger.Kind.ADJUSTMENT,
            legs=ledger.legs(
                debit=ACCOUNTS.get(adjustment.kind, Account.WAIVED),
                credit=Account.RECEIVABLE,
                amount=-amount if adjustment.reverses_id else amount,
            ),
            occurred_at=timezone.now(),
            mode=Mode(share.fee.mode),
            source=ledger.Source.STAFF if by else ledger.Source.SYSTEM,
            fee=share.fee,
            share=share,
            actor=by,
            memo=memo,
        )
    )
    settle(share)
