"""Those who live through a history of payments: our own code, and the naive one."""

import copy
import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from marketplace.exceptions import DomainError
from marketplace.money import Money
from marketplace.people.models import User
from payments import event_handlers, ledger
from payments.actions.adjustments import approve_waiver, request_adjustment
from payments.actions.checkout import open_attempt
from payments.actions.transfers import confirm_transfer, record_transfer
from payments.models import Fee, PaymentAttempt, StripeEvent
from payments.standing import ShareTotals
from payments.sync import sync_attempt
from tests.payments.remote import Remote, truth
from tests.payments.rows import payer_of

TOTAL = 240_00
DUE = TOTAL // 2
A_PART = Money(20_00, "USD")


class Inbox:
    """Our own code, told of events the way the webhook's rows tell it."""

    numbers = itertools.count()

    def __init__(
        self, remote: Remote, fee: Fee, officers: list[User], activations: Counter[int]
    ) -> None:
        self.remote, self.fee, self.officers = remote, fee, officers
        self.activations = activations
        self.shares = list(fee.shares.order_by("pk"))
        self.payers = [payer_of(share) for share in self.shares]
        self.by_bank, self.waived = [0, 0], [0, 0]

    def anew(self, remote: Remote) -> "Inbox":
        """The same fee and people, before anything else happened."""
        book = copy.copy(self)
        book.remote, book.fee = remote, Fee.objects.get()
        book.shares = list(book.fee.shares.order_by("pk"))
        book.by_bank, book.waived = [0, 0], [0, 0]
        return book

    def click(self, number: int) -> None:
        share = self.shares[number]
        try:
            open_attempt(share, by=self.payers[number])
        except DomainError:
            return  # settled, or Stripe is asked again at the next click

    def page_of(self, number: int) -> str | None:
        share = self.shares[number]
        pages = share.attempts.exclude(session_id=None).order_by("-pk")
        return pages.values_list("session_id", flat=True).first()

    def come_back(self, number: int) -> None:
        attempt = PaymentAttempt.objects.filter(session_id=self.page_of(number)).first()
        if attempt is not None:
            sync_attempt(attempt)

    def transfer(self, number: int) -> None:
        """All that is open comes by bank: one person records it, another confirms."""
        share, (one, other) = self.shares[number], self.officers
        amount = ledger.open_amount(share)
        if not amount.minor:
            return
        try:
            payment = record_transfer(
                share,
                amount=amount,
                reference=f"R{next(self.numbers)}",
                received_on=timezone.localdate(),
                by=one,
            )
        except DomainError:
            return  # it turned out to be paid by card
        confirm_transfer(payment, by=other)
        self.by_bank[number] += amount.minor

    def waive(self, number: int) -> None:
        """A part is asked for by one person and granted by another."""
        share, (one, other) = self.shares[number], self.officers
        try:
            request = request_adjustment(
                share, kind="waiver", amount=A_PART, note="x", by=one
            )
            approve_waiver(request, by=other)
        except DomainError:
            return  # less than that is open
        self.waived[number] += A_PART.minor

    def tell(self, kind: str, session_id: str) -> None:
        page = self.remote.latest(session_id).checkout
        thing = {"id": session_id, "metadata": {"deployment": page.deployment}}
        if not kind.startswith("checkout."):
            thing = {"id": "x", "payment_intent": f"pi_{session_id}"}
        if kind.startswith("payment_intent."):
            thing = {"id": f"pi_{session_id}"}
        event = StripeEvent.objects.create(
            event_id=f"evt_{next(self.numbers)}",
            type=kind,
            object_kind="whatever",
            object_id="whatever",
            reference=page.reference if kind.startswith("checkout.") else "",
            created_at=timezone.now(),
            payload={"data": {"object": thing}},
        )
        event_handlers.process(event.pk)

    def look_at_events(self) -> None:
        """Each was worked off at once, none left to be tried again."""
        left = StripeEvent.objects.exclude(state=StripeEvent.State.DONE)
        assert not list(left.values_list("type", "state", "last_error_class"))

    @contextmanager
    def dying_before_its_commit(self) -> Iterator[None]:
        """What was written is undone, and with it what a receiver wrote on a signal."""
        before, heard = transaction.savepoint(), dict(self.activations)
        yield
        self.look_at_events()
        transaction.savepoint_rollback(before)
        self.activations.clear()
        self.activations.update(heard)

    def result(self) -> list[tuple[int, int]]:
        sums = ledger.sums_by_share(self.fee)
        totals = [ShareTotals.of_accounts(sums.get(s.pk, {})) for s in self.shares]
        assert [each.waived for each in totals] == self.waived
        return [(each.received, each.returned) for each in totals]

    def expected(self) -> list[tuple[int, int]]:
        """What came in and went back for each share, by everybody's last word."""
        found = []
        for share, by_bank in zip(self.shares, self.by_bank, strict=True):
            pages = share.attempts.exclude(session_id=None)
            sums = [
                truth(self.remote.latest(page))
                for page in pages.values_list("session_id", flat=True)
            ]
            found.append(tuple(map(sum, zip((by_bank, 0), *sums, strict=True))))
        return found


class NaiveBook:
    """Believes each event as it comes and adds: the handler everyone writes first."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.pages = {}
        self.sums = {0: [0, 0], 1: [0, 0]}

    def click(self, number: int) -> None:
        if number not in self.pages:
            order = type("Order", (), {})
            order.idempotency_key = order.reference = f"share-{number}"
            order.deployment, order.amount = "local", ledger.Money(DUE, "USD")
            self.pages[number] = self.remote.open_checkout(order).session_id

    def transfer(self, number: int) -> None:
        """No card, no event: nothing to believe."""

    waive = transfer

    @contextmanager
    def dying_before_its_commit(self) -> Iterator[None]:
        kept = {number: list(sums) for number, sums in self.sums.items()}
        yield
        self.sums = kept

    def page_of(self, number: int) -> str:
        return self.pages[number]

    def come_back(self, number: int) -> None:
        if self.remote.fetch_attempt(self.pages[number]).payment:
            self.sums[number][0] = DUE

    def tell(self, kind: str, session_id: str) -> None:
        number = next(n for n, page in self.pages.items() if page == session_id)
        if kind == "checkout.session.completed":
            self.sums[number][0] += DUE
        elif kind == "refund.created":
            self.sums[number][1] += 100
        elif kind == "refund.failed":
            self.sums[number][1] -= 100

    def result(self) -> list[tuple[int, int]]:
        return [tuple(self.sums[number]) for number in (0, 1)]


def begin(book) -> None:
    """Every history begins with both at the page where they pay."""
    book.click(0)
    book.click(1)


def play(book, remote: Remote, history, order) -> None:
    """Live through a history; at its end everything is told once more, shuffled."""
    for step in history:
        if step[0] == "crash":
            with book.dying_before_its_commit():
                live_through(book, remote, step[1])
        else:
            live_through(book, remote, step)
    again = [*remote.events, *remote.events[:3]]
    order.shuffle(again)
    for event in again:
        book.tell(*event)


def live_through(book, remote: Remote, step) -> None:
    what, *rest = step
    if what == "return":
        number, remote.lag = rest
        book.come_back(number)
    elif what == "tell":
        number, remote.lag = rest
        if remote.events:
            book.tell(*remote.events[number % len(remote.events)])
    elif what in ("click", "transfer", "waive"):
        getattr(book, what)(*rest)
    else:
        getattr(remote, what)(book.page_of(*rest))
    remote.lag = 0
