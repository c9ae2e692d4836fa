"""One payment by card as the processor tells it: the charge, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.money import Money


@dataclass(frozen=True, slots=True)
class Settlement:
    """How the processor settled a charge: `gross = fee + net`, in its own currency."""

    id: str
    gross: Money
    fee: Money
    rate: str


@dataclass(frozen=True, slots=True)
class Charge:
    id: str
    amount: Money
    made_at: datetime
    settlement: Settlement | None


@dataclass(frozen=True, slots=True)
class Refund:
    """Money sent back; a `status` of failed or canceled says it came home again.

    `reference` is ours, "" where the refund was not asked for here.
    """

    id: str
    amount: Money
    status: str
    made_at: datetime
    reference: str = ""

    @property
    def came_home(self) -> bool:
        """Whether it did not reach the payer."""
        return self.status in ("failed", "canceled")


@dataclass(frozen=True, slots=True)
class DisputeMovement:
    """Money that a dispute took (positive) or gave back (negative)."""

    id: str
    amount: Money
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DisputeCase:
    """How a dispute stands, in the processor's word; it moves nothing by itself."""

    id: str
    amount: Money
    status: str
    reason: str
    is_charge_refundable: bool
    opened_at: datetime
    answer_by: datetime | None


@dataclass(frozen=True, slots=True)
class Payment:
    """A charge that was paid, and what has become of it since; it only ever grows."""

    intent_id: str
    charge: Charge
    refunds: tuple[Refund, ...] = ()
    disputes: tuple[DisputeMovement, ...] = ()
    cases: tuple[DisputeCase, ...] = ()

    @property
    def held(self) -> Money:
        """What of it has not gone back, by refunds that stand and by disputes."""
        gone = [each.amount.minor for each in self.refunds if not each.came_home]
        gone += [movement.amount.minor for movement in self.disputes]
        return Money(self.charge.amount.minor - sum(gone), self.charge.amount.currency)
