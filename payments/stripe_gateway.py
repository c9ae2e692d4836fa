"""The one module that imports `stripe`; no object of it leaves here.

Every call carries a timeout of 3 s to connect and 12 s to answer, and is repeated
twice by the library where that is safe; our own idempotency keys survive a restart.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

import stripe
from django.conf import settings

from payments.charges import Payment, Refund
from payments.gateway import (
    Account,
    AttemptFacts,
    CallDiffers,
    Checkout,
    CheckoutOrder,
    GatewayRefused,
    GatewayUnavailable,
    NotAuthentic,
    ReceivedEvent,
    RefundOrder,
)
from payments.modes import Mode, current_mode
from payments.stripe_objects import (
    checkout_of,
    checkout_params,
    event_of,
    facts_of,
    payment_of,
    refund_of,
    refund_params,
)
from payments.stripe_seats import SeatsAtStripe

API_VERSION = stripe.api_version
TIMEOUT_SECONDS = (3.0, 12.0)
RETRIES = 2
TOLERANCE_SECONDS = 300
EXPANDED = "payment_intent.latest_charge.balance_transaction"

logger = logging.getLogger("payments")
stripe.enable_telemetry = False


class StripeGateway(SeatsAtStripe):
    """Stripe, or the development Stripe at another address: the same wire."""

    def __init__(self, http_client: stripe.HTTPClient | None = None) -> None:
        self._http_client = http_client

    @cached_property
    def client(self) -> stripe.StripeClient:
        is_sandbox = current_mode() is Mode.SANDBOX
        return stripe.StripeClient(
            settings.STRIPE_KEY,
            base_addresses={"api": settings.STRIPE_SANDBOX_URL} if is_sandbox else {},
            http_client=self._http_client
            or stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
            max_network_retries=RETRIES,
        )

    def asking(self) -> AbstractContextManager[None]:
        return _in_our_words()

    # -- Checkout ------------------------------------------------------------

    def open_checkout(self, order: CheckoutOrder) -> Checkout:
        """Open the payment page; a repeat of the same order is the same page."""
        wanted: Any = checkout_params(order)
        with _in_our_words():
            session = self.client.v1.checkout.sessions.create(
                params=wanted,
                options={"idempotency_key": order.idempotency_key},
            )
        return checkout_of(session.to_dict())

    def expire_checkout(self, session_id: str) -> Checkout:
        """Close an open page, so that nobody pays through it any more."""
        with _in_our_words():
            session = self.client.v1.checkout.sessions.expire(session_id)
        return checkout_of(session.to_dict())

    def fetch_attempt(self, session_id: str) -> AttemptFacts:
        """All that Stripe knows of one attempt, with refunds and disputes."""
        with _in_our_words():
            session = self.client.v1.checkout.sessions.retrieve(
                session_id, params={"expand": [EXPANDED]}
            ).to_dict()
            payment = self._payment_in(session.get("payment_intent") or {})
        return facts_of(session, payment)

    def fetch_payment(self, intent_id: str) -> Payment | None:
        """What one intent has paid, with refunds and disputes; None if nothing yet."""
        with _in_our_words():
            intent = self.client.v1.payment_intents.retrieve(
                intent_id, params={"expand": ["latest_charge.balance_transaction"]}
            )
            return self._payment_in(intent.to_dict())

    def _payment_in(self, intent: Mapping[str, Any]) -> Payment | None:
        charge = intent.get("latest_charge") or {}
        if not charge.get("paid"):
            return None
        # A refund that failed has left the charge's own sums again: always asked for.
        refunds = self._all_of(self.client.v1.refunds.list, intent["id"])
        disputes: tuple[Any, ...] = ()
        if charge.get("disputed"):
            disputes = self._all_of(self.client.v1.disputes.list, intent["id"])
        return payment_of(intent["id"], charge, refunds, disputes)

    def refund(self, order: RefundOrder) -> Refund:
        """Send money back; a repeat of the same order is the same refund."""
        wanted: Any = refund_params(order)
        with _in_our_words():
            made = self.client.v1.refunds.create(
                params=wanted, options={"idempotency_key": order.idempotency_key}
            )
        return refund_of(made.to_dict())

    def _all_of(self, listing: Callable[..., Any], intent_id: str) -> tuple[Any, ...]:
        page = listing(params={"payment_intent": intent_id, "limit": 100})
        return tuple(item.to_dict() for item in page.auto_paging_iter())

    def find_checkouts(
        self, *, since: datetime, intent_id: str = ""
    ) -> Iterator[Checkout]:
        """The pages opened since then, newest first, or the one of an intent."""
        wanted: Any = {"limit": 100, "created": {"gte": int(since.timestamp())}}
        if intent_id:
            wanted = {"limit": 100, "payment_intent": intent_id}
        with _in_our_words():
            page = self.client.v1.checkout.sessions.list(params=wanted)
            for session in page.auto_paging_iter():
                yield checkout_of(session.to_dict())

    def find_returned(self, *, since: datetime) -> Iterator[str]:
        """The intents of what was refunded or disputed since then, each once."""
        seen: set[str] = set()
        wanted: Any = {"limit": 100, "created": {"gte": int(since.timestamp())}}
        for listing in (self.client.v1.refunds.list, self.client.v1.disputes.list):
            with _in_our_words():
                for thing in listing(params=wanted).auto_paging_iter():
                    intent_id = thing.to_dict().get("payment_intent") or ""
                    if intent_id and intent_id not in seen:
                        seen.add(intent_id)
                        yield intent_id

    # -- events and account -----------------------------------------------------

    def read_event(self, payload: bytes, signature: str) -> ReceivedEvent:
        """The event, if one of our secrets signed it in the last five minutes."""
        try:
            text = payload.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotAuthentic("not UTF-8") from error
        if not any(
            _is_signed(text, signature, secret)
            for secret in settings.STRIPE_WEBHOOK_SECRETS
            if secret
        ):
            raise NotAuthentic("no valid signature")
        try:
            event = json.loads(text)
        except ValueError as error:
            raise NotAuthentic("not JSON") from error
        if not isinstance(event, Mapping) or event.get("object") != "event":
            raise NotAuthentic("not an event")
        if event.get("account"):
            raise NotAuthentic("of an account that is connected, and we have none")
        return event_of(event)

    def read_account(self) -> Account:
        """The account's country and what it may charge in, for `check_payments`."""
        with _in_our_words():
            account = self.client.v1.accounts.retrieve_current().to_dict()
        return Account(
            country=account.get("country") or "",
            default_currency=(account.get("default_currency") or "").upper(),
            charges_enabled=bool(account.get("charges_enabled")),
        )


def _is_signed(text: str, signature: str, secret: str) -> bool:
    try:
        # Without a tolerance the library takes a header of any age.
        stripe.WebhookSignature.verify_header(
            text, signature, secret, tolerance=TOLERANCE_SECONDS
        )
    except (stripe.SignatureVerificationError, ValueError, IndexError):
        return False
    return True


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Turn the library's errors into ours; their texts stay in the log, unread."""
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError) as error:
        headers = error.headers or {}
        raise GatewayUnavailable(
            type(error).__name__, retry_after=_seconds(headers.get("retry-after"))
        ) from error
    except stripe.IdempotencyError as error:
        raise CallDiffers("idempotency_error") from error
    except stripe.StripeError as error:
        code = error.code or type(error).__name__
        logger.warning("stripe refused: %s, request %s", code, error.request_id)
        raise GatewayRefused(code) from error


def _seconds(value: str | None) -> int:
    return int(value) if value and value.isdigit() else 0
