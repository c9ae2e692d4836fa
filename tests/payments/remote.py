"""A processor in memory that keeps every version of the truth, for random histories.

It keeps the promise of `Gateway`. `lag` makes the next reads see an older version,
as replicas do; what it knows only ever grows.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from marketplace.money import Money
from payments.charges import Charge, DisputeMovement, Payment, Refund
from payments.gateway import (
    Account,
    AttemptFacts,
    Checkout,
    CheckoutOrder,
    GatewayRefused,
    ReceivedEvent,
    RefundOrder,
)

WHEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Remote:
    """Sessions by id, each a list of versions; events in the order they happened."""

    lag: int = 0
    versions: dict[str, list[AttemptFacts]] = field(default_factory=dict)
    events: list[tuple[str, str]] = field(default_factory=list)
    orders: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    # -- the promise of Gateway ------------------------------------------------

    def open_checkout(self, order: CheckoutOrder) -> Checkout:
        if order.idempotency_key not in self.orders:
            session_id = f"cs_test_{next(self.numbers)}_{order.reference}"
            page = Checkout(
                session_id,
                "open",
                f"https://checkout.example/{session_id}",
                str(order.reference),
                order.deployment,
            )
            self.orders[order.idempotency_key] = session_id
            self.versions[session_id] = [
                AttemptFacts(page, order.amount, "unpaid", livemode=False)
            ]
        return self.latest(self.orders[order.idempotency_key]).checkout

    def expire_checkout(self, session_id: str) -> Checkout:
        if self.latest(session_id).checkout.status != "open":
            raise GatewayRefused("not_open")
        self.expire(session_id)
        return self.latest(session_id).checkout

    def fetch_attempt(self, session_id: str) -> AttemptFacts:
        known = self.versions[session_id]
        return known[max(0, len(known) - 1 - self.lag)]

    def find_checkouts(
        self, *, since: datetime, intent_id: str = ""
    ) -> Iterator[Checkout]:
        for session_id in self.versions:
            facts = self.latest(session_id)
            if not intent_id or facts.intent_id == intent_id:
                yield facts.checkout

    def read_event(self, payload: bytes, signature: str) -> ReceivedEvent:
        raise NotImplementedError

    def read_account(self) -> Account:
        raise NotImplementedError

    def refund(self, order: RefundOrder) -> Refund:
        raise NotImplementedError

    # -- what happens there -----------------------------------------------------

    def latest(self, session_id: str) -> AttemptFacts:
        return self.versions[session_id][-1]

    def _now(self, session_id: str, event: str, **changes: object) -> None:
        changed = replace(self.latest(session_id), **changes)
        self.versions[session_id].append(changed)
        self.events.append((event, session_id))

    def _is_open(self, session_id: str) -> bool:
        return self.latest(session_id).checkout.status == "open"

    def decline(self, session_id: str) -> None:
        if self._is_open(session_id):
            self._now(
                session_id,
                "payment_intent.payment_failed",
                intent_id=f"pi_{session_id}",
                error_code="generic_decline",
            )

    def pay(self, session_id: str) -> None:
        if not self._is_open(session_id):
            return
        facts = self.latest(session_id)
        self._now(
            session_id,
            "checkout.session.completed",
            checkout=replace(facts.checkout, status="complete"),
            payment_status="paid",
            intent_id=f"pi_{session_id}",
            error_code="",
            payment=Payment(
                f"pi_{session_id}",
                Charge(f"ch_{session_id}", facts.amount, WHEN, settlement=None),
            ),
        )

    def expire(self, session_id: str) -> None:
        if self._is_open(session_id):
            page = self.latest(session_id).checkout
            self._now(
                session_id,
                "checkout.session.expired",
                checkout=replace(page, status="expired"),
            )

    def send_back(self, session_id: str) -> None:
        facts = self.latest(session_id)
        if facts.payment is None or facts.payment.held.minor < 100:
            return
        made = Refund(
            f"re_{next(self.numbers)}_{session_id}",
            Money(100, facts.amount.currency),
            "pending",
            WHEN,
        )
        refunds = (*facts.payment.refunds, made)
        self._grows(session_id, "refund.created", facts.payment, refunds=refunds)

    def fail_refund(self, session_id: str) -> None:
        payment = self.latest(session_id).payment
        if payment is not None and payment.refunds:
            *others, last = payment.refunds
            refunds = (*others, replace(last, status="failed"))
            self._grows(session_id, "refund.failed", payment, refunds=refunds)

    def dispute(self, session_id: str) -> None:
        payment = self.latest(session_id).payment
        if payment is not None and not payment.disputes:
            self._move(session_id, payment, payment.charge.amount, "funds_withdrawn")

    def win_dispute(self, session_id: str) -> None:
        payment = self.latest(session_id).payment
        if payment is not None and len(payment.disputes) == 1:
            back = -payment.disputes[0].amount
            self._move(session_id, payment, back, "funds_reinstated")

    def _move(
        self, session_id: str, payment: Payment, amount: Money, what: str
    ) -> None:
        made = DisputeMovement(f"txn_{next(self.numbers)}_{session_id}", amount, WHEN)
        disputes = (*payment.disputes, made)
        event = f"charge.dispute.{what}"
        self._grows(session_id, event, payment, disputes=disputes)

    def _grows(
        self, session_id: str, event: str, payment: Payment, **more: object
    ) -> None:
        self._now(session_id, event, payment=replace(payment, **more))


def truth(facts: AttemptFacts) -> tuple[int, int]:
    """(came in, went back) in minor units: the plain sums, without any ledger."""
    payment = facts.payment
    if payment is None:
        return 0, 0
    back = sum(r.amount.minor for r in payment.refunds if r.status != "failed")
    back += sum(movement.amount.minor for movement in payment.disputes)
    return payment.charge.amount.minor, back


def given(remote: Remote) -> Remote:
    """The backend that PAYMENT_GATEWAY names in tests: the remote it was handed."""
    return remote
