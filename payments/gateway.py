"""What the programme asks of a payment processor, in its own words.

Values are frozen and hold no object of the vendor's library. `get_gateway` reads
the setting PAYMENT_GATEWAY as Django reads CACHES.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from marketplace.money import Money
from payments.charges import Payment, Refund
from payments.seat_facts import (
    CardOrder,
    PlanChange,
    SeatBill,
    SeatOrder,
    SeatPage,
    SubscriptionFacts,
)


class GatewayError(Exception):
    """The processor did not do what it was asked."""


class GatewayUnavailable(GatewayError):
    """No answer, or a "later"; the same call may be made again.

    `retry_after`: seconds the processor asked us to wait, 0 where it did not say.
    """

    def __init__(self, reason: str, *, retry_after: int = 0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class GatewayRefused(GatewayError):
    """A plain no, with the processor's code for it; a repeat would be refused too."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CallDiffers(GatewayRefused):
    """The idempotency key was used before, with other words."""


class NotAuthentic(GatewayError):
    """A message that the processor did not sign, or that is no event of its."""


@dataclass(frozen=True, slots=True)
class CheckoutOrder:
    """The page asked for; the same row gives the same order, word for word.

    `label` is what bank and processor may read: no name, no venture.
    """

    reference: UUID
    deployment: str
    amount: Money
    label: str
    locale: str
    success_url: str
    cancel_url: str
    expires_at: datetime

    @property
    def idempotency_key(self) -> str:
        return f"attempt:{self.reference}"


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """The refund asked for; `reference` is our own, and finds it again."""

    reference: UUID
    attempt: UUID
    deployment: str
    intent_id: str
    amount: Money

    @property
    def idempotency_key(self) -> str:
        return f"refund:{self.reference}"


@dataclass(frozen=True, slots=True)
class Checkout:
    """A payment page at the processor: `status` is open, complete, expired or new."""

    session_id: str
    status: str
    url: str
    reference: str
    deployment: str


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """All the processor knows of one attempt, at one moment; it only ever grows."""

    checkout: Checkout
    amount: Money
    payment_status: str
    livemode: bool
    intent_id: str = ""
    error_code: str = ""
    payment: Payment | None = None


@dataclass(frozen=True, slots=True)
class ReceivedEvent:
    """A signed event, read only as far as to know what to fetch."""

    id: str
    type: str
    object_kind: str
    object_id: str
    reference: str
    deployment: str
    api_version: str
    livemode: bool
    created_at: datetime
    payload: dict[str, object]


@dataclass(frozen=True, slots=True)
class Account:
    """Two-letter country, upper-case settlement currency, and whether it charges."""

    country: str
    default_currency: str
    charges_enabled: bool


class Gateway(Protocol):
    """The processor's door. Every method may raise a `GatewayError`."""

    def open_checkout(self, order: CheckoutOrder) -> Checkout: ...

    def expire_checkout(self, session_id: str) -> Checkout: ...

    def fetch_attempt(self, session_id: str) -> AttemptFacts: ...

    def fetch_payment(self, intent_id: str) -> Payment | None: ...

    def refund(self, order: RefundOrder) -> Refund: ...

    def find_checkouts(
        self, *, since: datetime, intent_id: str = ""
    ) -> Iterator[Checkout]: ...

    def find_returned(self, *, since: datetime) -> Iterator[str]: ...

    def open_seat(self, order: SeatOrder) -> SeatPage: ...

    def fetch_seat_page(self, session_id: str) -> SeatPage: ...

    def fetch_subscription(
        self, subscription_id: str, *, also: Iterable[str] = ()
    ) -> SubscriptionFacts: ...

    def find_seat_bills(self, *, since: datetime) -> Iterator[SeatBill]: ...

    def change_seat(self, subscription_id: str, *, ends_with_period: bool) -> None: ...

    def quote_plan(self, subscription_id: str, change: PlanChange) -> Money: ...

    def change_plan(self, subscription_id: str, change: PlanChange) -> None: ...

    def plan_later(self, subscription_id: str, change: PlanChange) -> None: ...

    def drop_later(self, subscription_id: str) -> None: ...

    def open_card_page(self, order: CardOrder) -> SeatPage: ...

    def fetch_card_page(self, session_id: str) -> SeatPage: ...

    def use_card(self, subscription_id: str, method_id: str) -> None: ...

    def read_event(self, payload: bytes, signature: str) -> ReceivedEvent: ...

    def read_account(self) -> Account: ...


@lru_cache
def get_gateway() -> Gateway:
    """The gateway of this site; tests clear the cache when they change settings."""
    config: dict[str, Any] = settings.PAYMENT_GATEWAY
    gateway: Gateway = import_string(config["BACKEND"])(**config.get("OPTIONS", {}))
    return gateway
