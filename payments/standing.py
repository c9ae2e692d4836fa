"""Where a share and a fee stand, as pure functions of what is booked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """The words of `Share.state`, derived."""

    OPEN = "open"
    PART_SETTLED = "part"
    PAID = "paid"
    WAIVED = "waived"
    REOPENED = "reopened"


class FeeStanding(StrEnum):
    """The words of `Fee.state` that postings decide; `void` is decided by staff."""

    ISSUED = "issued"
    SETTLED = "settled"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class ShareTotals:
    """What came in for a share, was waived, and went back; ISO minor units."""

    received: int = 0
    waived: int = 0
    returned: int = 0

    @classmethod
    def of_accounts(cls, sums: Mapping[str, int]) -> "ShareTotals":
        """Read the share's own postings: account → sum of its legs, debit positive.

        Every payment and waiver credits `receivable`; a waiver debits `waived`, a
        correction debits `fee_income`, a refund or dispute its own account.
        Reversals undo themselves.
        """
        waived = sums.get("waived", 0) + sums.get("fee_income", 0)
        return cls(
            received=-sums.get("receivable", 0) - waived,
            waived=waived,
            returned=sums.get("refunds", 0) + sums.get("disputes", 0),
        )

    @property
    def net(self) -> int:
        return self.received + self.waived - self.returned


@dataclass(frozen=True, slots=True)
class ShareStanding:
    """A share's state, what remains to be paid, and whether too much came in."""

    state: Standing
    open_minor: int
    is_overpaid: bool

    @property
    def is_settled(self) -> bool:
        return self.state in (Standing.PAID, Standing.WAIVED)


def share_standing(due: int, totals: ShareTotals) -> ShareStanding:
    """Settled if and only if net ≥ due; which word depends on how it came about."""
    net = totals.net
    return ShareStanding(
        state=_word(due, totals),
        open_minor=max(due - net, 0),
        is_overpaid=net > due,
    )


def _word(due: int, totals: ShareTotals) -> Standing:
    if totals.net >= due:
        return Standing.WAIVED if totals.waived >= due else Standing.PAID
    if totals.returned > 0:
        return Standing.REOPENED
    return Standing.PART_SETTLED if totals.net > 0 else Standing.OPEN


def fee_standing(shares: Iterable[ShareStanding], *, was_settled: bool) -> FeeStanding:
    """Settled once every share is; a fee that was settled before opens again."""
    if all(share.is_settled for share in shares):
        return FeeStanding.SETTLED
    return FeeStanding.REOPENED if was_settled else FeeStanding.ISSUED
