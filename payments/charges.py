"""One payment by card as the processor tells it, and how it was settled."""

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
