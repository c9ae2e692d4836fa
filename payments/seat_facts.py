"""What is asked of the processor about seats, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from marketplace.money import Money
from payments.charges import Payment


@dataclass(frozen=True, slots=True)
class SeatOrder:
    """The page on which a seat is taken; the same row gives the same order."""

    reference: UUID
    deployment: str
    amount: Money
    interval: str
    trial_days: int
    label: str
    locale: str
    customer_id: str
    success_url: str
    cancel_url: str
    expires_at: datetime

    @property
    def idempotency_key(self) -> str:
        return f"seat:{self.reference}"


@dataclass(frozen=True, slots=True)
class CardOrder:
    """The page on which another card is entered for a seat; nothing is charged."""

    reference: UUID
    deployment: str
    customer_id: str
    locale: str
    success_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class SeatPage:
    """A page for a card; what came of it is "" until the card was entered."""

    session_id: str
    status: str
    url: str
    subscription_id: str = ""
    method_id: str = ""


@dataclass(frozen=True, slots=True)
class PlanChange:
    """Another price for a seat; what is left of the old one is counted from `at`."""

    reference: UUID
    amount: Money
    interval: str
    at: datetime

    @property
    def idempotency_key(self) -> str:
        return f"seat_change:{self.reference}"


@dataclass(frozen=True, slots=True)
class SeatBill:
    """A bill that was settled for a subscription, and the payments it was settled by."""

    subscription_id: str
    reference: str
    deployment: str
    intents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionFacts:
    """How a subscription stands at one moment, with the latest payments for it.

    `confirm_url` is the page where the payer answers the bank, "" if it asks nothing;
    `later` is our own id of the change that begins with the next period.

    Its state goes back and forth: which of two is newer, only the caller's clock says.
    """

    id: str
    status: str
    reference: str
    deployment: str
    customer_id: str
    livemode: bool
    amount: Money
    interval: str
    is_change_pending: bool
    period_start: datetime
    period_end: datetime
    trial_end: datetime | None
    cancel_at_period_end: bool
    payments: tuple[Payment, ...] = ()
    confirm_url: str = ""
    later: str = ""

    @property
    def is_returned(self) -> bool:
        """Whether all that was paid in the running period has gone back."""
        paid = [
            each for each in self.payments if each.charge.made_at >= self.period_start
        ]
        return bool(paid) and sum(each.held.minor for each in paid) <= 0
