"""The seats' half of the gateway: subscriptions, their cards and their prices."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from typing import Any

from marketplace.money import Money
from payments.charges import Payment
from payments.conversion import from_stripe
from payments.gateway import GatewayRefused
from payments.seat_facts import (
    CardOrder,
    PlanChange,
    SeatBill,
    SeatOrder,
    SeatPage,
    SubscriptionFacts,
)
from payments.stripe_seat_objects import (
    card_params,
    change_items,
    intents_of,
    later_params,
    seat_bill_of,
    seat_page_of,
    seat_params,
    subscription_of,
)


class SeatsAtStripe:
    """Needs the library's `client`, `asking` for errors in our words, and payments."""

    client: Any

    def asking(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def fetch_payment(self, intent_id: str) -> Payment | None:
        raise NotImplementedError

    def open_seat(self, order: SeatOrder) -> SeatPage:
        """Open the page of a seat; a repeat of the same order is the same page."""
        wanted: Any = seat_params(order)
        with self.asking():
            session = self.client.v1.checkout.sessions.create(
                params=wanted, options={"idempotency_key": order.idempotency_key}
            )
        return seat_page_of(session.to_dict())

    def fetch_seat_page(self, session_id: str) -> SeatPage:
        with self.asking():
            session = self.client.v1.checkout.sessions.retrieve(session_id)
        return seat_page_of(session.to_dict())

    def fetch_subscription(
        self, subscription_id: str, *, also: Iterable[str] = ()
    ) -> SubscriptionFacts:
        """How it stands, with the payments of its twelve latest bills.

        `also` names older payments, by intent, that may still be moving.
        """
        wanted: Any = {
            "subscription": subscription_id,
            "limit": 12,
            "expand": ["data.payments"],
        }
        with self.asking():
            found = self.client.v1.subscriptions.retrieve(subscription_id).to_dict()
            page = self.client.v1.invoices.list(params=wanted)
            bills = [each.to_dict() for each in page.data]
            confirm_url = self._confirm_url(bills)
            later = self._later(found)
        intents = intents_of(bills, "paid")
        payments = (
            self.fetch_payment(each) for each in dict.fromkeys([*intents, *also])
        )
        paid = [each for each in payments if each is not None]
        return subscription_of(found, paid, confirm_url=confirm_url, later=later)

    def _later(self, found: dict[str, Any]) -> str:
        """Our own id of the change that waits for the next period, if one does."""
        if not found.get("schedule"):
            return ""
        schedules = self.client.v1.subscription_schedules
        metadata = schedules.retrieve(found["schedule"]).to_dict().get("metadata")
        return (metadata or {}).get("seat_change", "")

    def _confirm_url(self, bills: list[dict[str, Any]]) -> str:
        """Where the payer answers the bank, if it asks about the bill that is open."""
        waiting = [bill for bill in bills if bill.get("status") == "open"][:1]
        for intent_id in intents_of(waiting, "open"):
            intent = self.client.v1.payment_intents.retrieve(intent_id)
            if intent.status == "requires_action":
                return waiting[0].get("hosted_invoice_url") or ""
        return ""

    def find_seat_bills(self, *, since: datetime) -> Iterator[SeatBill]:
        """The bills of subscriptions that were made since then and are paid."""
        wanted: Any = {
            "status": "paid",
            "limit": 100,
            "created": {"gte": int(since.timestamp())},
            "expand": ["data.payments"],
        }
        with self.asking():
            page = self.client.v1.invoices.list(params=wanted)
            for invoice in page.auto_paging_iter():
                bill = seat_bill_of(invoice.to_dict())
                if bill is not None:
                    yield bill

    def change_seat(self, subscription_id: str, *, ends_with_period: bool) -> None:
        """Say whether it is renewed; a plan that was to begin later falls away."""
        self.drop_later(subscription_id)
        with self.asking():
            self.client.v1.subscriptions.update(
                subscription_id, params={"cancel_at_period_end": ends_with_period}
            )

    def quote_plan(self, subscription_id: str, change: PlanChange) -> Money:
        """What such a change would take at once, were it made as of its moment.

        In a trial it takes nothing: a preview there may be of the first bill after it.
        """
        with self.asking():
            found = self.client.v1.subscriptions.retrieve(subscription_id).to_dict()
            if found["status"] == "trialing":
                return Money(0, change.amount.currency)
            bill = self.client.v1.invoices.create_preview(
                params={
                    "subscription": subscription_id,
                    "subscription_details": {
                        "items": change_items(found, change),
                        "proration_behavior": "always_invoice",
                        "proration_date": int(change.at.timestamp()),
                    },
                }
            ).to_dict()
        return from_stripe(bill["amount_due"], bill["currency"])

    def change_plan(self, subscription_id: str, change: PlanChange) -> None:
        """Change the price; where the card does not pay the rest, all stays and waits."""
        self.drop_later(subscription_id)
        with self.asking():
            found = self.client.v1.subscriptions.retrieve(subscription_id).to_dict()
            self.client.v1.subscriptions.update(
                subscription_id,
                params={
                    "items": change_items(found, change),
                    "payment_behavior": "pending_if_incomplete",
                    "proration_behavior": "always_invoice",
                    "proration_date": int(change.at.timestamp()),
                },
                options={"idempotency_key": change.idempotency_key},
            )

    def plan_later(self, subscription_id: str, change: PlanChange) -> None:
        """Another price from the next period on; what runs is left as it is."""
        schedules = self.client.v1.subscription_schedules
        with self.asking():
            found = self.client.v1.subscriptions.retrieve(subscription_id).to_dict()
            known = found.get("schedule")
            made = (
                schedules.retrieve(known)
                if known
                else schedules.create(
                    params={"from_subscription": subscription_id},
                    options={"idempotency_key": f"{change.idempotency_key}:schedule"},
                )
            )
            schedules.update(
                made.id,
                params=later_params(made.to_dict(), found, change),
                options={"idempotency_key": change.idempotency_key},
            )

    def drop_later(self, subscription_id: str) -> None:
        """The subscription goes on as it stands; where nothing waits, nothing is done."""
        with self.asking():
            found = self.client.v1.subscriptions.retrieve(subscription_id).to_dict()
            if found.get("schedule"):
                self.client.v1.subscription_schedules.release(found["schedule"])

    def open_card_page(self, order: CardOrder) -> SeatPage:
        """Open a page for another card; two of them do no harm."""
        with self.asking():
            session = self.client.v1.checkout.sessions.create(params=card_params(order))
        return seat_page_of(session.to_dict())

    def fetch_card_page(self, session_id: str) -> SeatPage:
        with self.asking():
            session = self.client.v1.checkout.sessions.retrieve(
                session_id, params={"expand": ["setup_intent"]}
            )
        return seat_page_of(session.to_dict())

    def use_card(self, subscription_id: str, method_id: str) -> None:
        """Take this card from now on, and for the bill that is open, if one is."""
        with self.asking():
            found = self.client.v1.subscriptions.update(
                subscription_id,
                params={
                    "default_payment_method": method_id,
                    "expand": ["latest_invoice"],
                },
            ).to_dict()
        bill = found.get("latest_invoice") or {}
        if bill.get("status") == "open":
            # Declined, or paid meanwhile: what is fetched next says which.
            with suppress(GatewayRefused), self.asking():
                self.client.v1.invoices.pay(
                    bill["id"], params={"payment_method": method_id}
                )
