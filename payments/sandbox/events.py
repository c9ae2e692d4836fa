"""Events: what happened, kept with the object as it was at that moment."""

from dataclasses import dataclass, field, replace

from . import objects
from .store import Store, Thing

# The endpoint subscribes to these; all other events exist only in the list.
SUBSCRIBED = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.expired",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "payment_intent.payment_failed",
        "charge.refunded",
        "refund.created",
        "refund.updated",
        "refund.failed",
        "charge.dispute.created",
        "charge.dispute.updated",
        "charge.dispute.closed",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
        "customer.subscription.created",
        "customer.subscription.updated",
        "customer.subscription.deleted",
        "customer.subscription.trial_will_end",
        "invoice.paid",
        "invoice.payment_failed",
        "invoice.payment_action_required",
    }
)


@dataclass(slots=True)
class Moment:
    """One call, press of a button or tick of the clock, and what it writes."""

    store: Store
    now: float
    base_url: str = ""
    has_endpoint: bool = False
    request_id: str | None = None
    idempotency_key: str | None = None
    params: Thing = field(default_factory=dict)
    ahead: int = 0  # seconds by which subscriptions live in the future

    @property
    def second(self) -> int:
        return int(self.now)

    def later(self) -> "Moment":
        """The same moment by the clock of subscriptions, which a developer moves."""
        return replace(self, now=self.now + self.ahead, ahead=0)

    def announce(self, kind: str, thing: Thing) -> Thing:
        """Writes the event and, where the endpoint listens, its delivery."""
        request = {"id": self.request_id, "idempotency_key": self.idempotency_key}
        made = objects.event(kind, thing, now=self.second, request=request)
        self.store.add(made)
        if self.has_endpoint and kind in SUBSCRIBED:
            self._queue(made)
        return made

    def _queue(self, made: Thing) -> None:
        mode = self.store.switch("deliveries", "normal")
        state = {"hold": "held", "drop": "dropped"}.get(mode, "pending")
        # Out of order: the later event waits less than the earlier one.
        wait = 2.0 if mode == "reorder" else 0.0
        for _ in range(2 if mode == "double" else 1):
            self.store.run(
                "INSERT INTO deliveries (event, type, state, next_at, made_at)"
                " VALUES (?, ?, ?, ?, ?)",
                made["id"],
                made["type"],
                state,
                self.now + wait,
                self.now,
            )
