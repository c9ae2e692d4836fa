"""Random histories: whatever is told, how often and in whatever order, one ledger."""

import itertools
import os
import random
from collections import Counter

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from marketplace.exceptions import DomainError
from marketplace.ventures.models import JointVenture
from marketplace.ventures.signals import venture_activated
from payments import event_handlers, ledger
from payments.actions.checkout import open_attempt
from payments.gateway import get_gateway
from payments.models import Discrepancy, LedgerEntry, PaymentAttempt, StripeEvent
from payments.standing import ShareTotals, share_standing
from payments.sync import sync_attempt
from tests.payments.remote import Remote, truth
from tests.payments.rows import make_fee, payer_of

HISTORIES = int(os.environ.get("PAYMENT_HISTORIES", "100"))
TOTAL = 240_00
DUE = TOTAL // 2

acts = st.tuples(
    st.sampled_from(
        [
            "pay",
            "pay",
            "decline",
            "expire",
            "send_back",
            "send_back",
            "fail_refund",
            "dispute",
            "win_dispute",
        ]
    ),
    st.integers(0, 1),
)
told = st.tuples(st.just("tell"), st.integers(0, 30), st.integers(0, 3))
returns = st.tuples(st.just("return"), st.integers(0, 1), st.integers(0, 3))
clicks = st.tuples(st.just("click"), st.integers(0, 1))
histories = st.lists(st.one_of(acts, told, told, returns, clicks), max_size=18)
orders = st.randoms(use_true_random=False)
quick = hypothesis_settings(
    max_examples=HISTORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Inbox:
    """Our own code, told of events the way the webhook's rows tell it."""

    numbers = itertools.count()

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.fee = make_fee(TOTAL)
        self.shares = list(self.fee.shares.all())

    def click(self, number: int) -> None:
        share = self.shares[number]
        try:
            open_attempt(share, by=payer_of(share))
        except DomainError:
            return  # settled, or Stripe is asked again at the next click

    def page_of(self, number: int) -> str | None:
        share = self.shares[number]
        last = share.attempts.exclude(session_id=None).order_by("-pk").first()
        return last.session_id if last else None

    def come_back(self, number: int) -> None:
        attempt = PaymentAttempt.objects.filter(session_id=self.page_of(number)).first()
        if attempt is not None:
            sync_attempt(attempt)

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
        event.refresh_from_db()
        assert event.state == StripeEvent.State.DONE, event.last_error_class

    def result(self) -> list[tuple[int, int]]:
        sums = ledger.sums_by_share(self.fee)
        totals = [ShareTotals.of_accounts(sums.get(s.pk, {})) for s in self.shares]
        return [(each.received, each.returned) for each in totals]


def play(book, remote: Remote, history, order) -> None:
    """Live through a history; at its end everything is told once more, shuffled."""
    book.click(0)
    book.click(1)
    for step in history:
        if step[0] == "click":
            book.click(step[1])
        elif step[0] == "return":
            remote.lag = step[2]
            book.come_back(step[1])
        elif step[0] == "tell":
            remote.lag = step[2]
            if remote.events:
                book.tell(*remote.events[step[1] % len(remote.events)])
        else:
            act, number = step
            page = book.page_of(number)
            getattr(remote, act)(page)
        remote.lag = 0
    again = [*remote.events, *remote.events]
    order.shuffle(again)
    for event in again:
        book.tell(*event)


def expected(remote: Remote, book) -> list[tuple[int, int]]:
    """What came in and went back for each share, by the processor's last word."""
    found = []
    for share in book.shares:
        pages = share.attempts.exclude(session_id=None).values_list(
            "session_id", flat=True
        )
        sums = [truth(remote.latest(page)) for page in pages]
        found.append(tuple(map(sum, zip((0, 0), *sums, strict=True))))
    return found


@pytest.fixture
def activations():
    seen = Counter()

    def hear(venture, **_):
        seen[venture.pk] += 1

    venture_activated.connect(hear)
    yield seen
    venture_activated.disconnect(hear)


@pytest.fixture
def gateway_of(settings):
    def use(remote):
        settings.PAYMENT_GATEWAY = {
            "BACKEND": "tests.payments.remote.given",
            "OPTIONS": {"remote": remote},
        }
        get_gateway.cache_clear()

    yield use
    get_gateway.cache_clear()


@pytest.mark.django_db
@quick
@given(history=histories, order=orders)
@example(
    history=[("pay", 0), ("send_back", 0), ("tell", 1, 0), ("fail_refund", 0)],
    order=random.Random(1),
)
@example(
    history=[("pay", 0), ("pay", 1), ("dispute", 0), ("tell", 2, 0), ("return", 0, 1)],
    order=random.Random(2),
)
@example(
    history=[("pay", 0), ("dispute", 0), ("win_dispute", 0), ("send_back", 0)],
    order=random.Random(3),
)
@example(
    history=[("expire", 0), ("click", 0), ("pay", 0), ("tell", 0, 0), ("pay", 1)],
    order=random.Random(4),
)
def test_every_telling_of_the_same_facts_ends_in_the_same_ledger(
    history, order, gateway_of, activations
):
    remote = Remote()
    gateway_of(remote)
    book = Inbox(remote)
    play(book, remote, history, order)

    assert book.result() == expected(remote, book)
    entries = LedgerEntry.objects.filter(transaction__fee=book.fee)
    assert sum(entries.values_list("amount_minor", flat=True)) == 0
    for share, (received, returned) in zip(book.shares, book.result(), strict=True):
        share.refresh_from_db()
        standing = share_standing(
            DUE, ShareTotals(received=received, returned=returned)
        )
        assert share.state == standing.state
        assert share.attempts.live().count() <= 1
    book.fee.refresh_from_db()
    venture = JointVenture.objects.get(pk=book.fee.venture_id)
    was_settled = book.fee.settled_at is not None
    assert activations[venture.pk] == was_settled
    assert (venture.status == JointVenture.Status.ACTIVE) == was_settled
    if all(share.is_settled for share in book.shares):
        assert was_settled
    serious = {"posting_differs", "fact_differs", "not_activated", "unknown_state"}
    assert not Discrepancy.objects.filter(kind__in=serious).exists()


# -- the tests above must be able to fail -------------------------------------------


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


def test_a_handler_that_believes_each_event_fails_these_histories():
    @hypothesis_settings(quick, database=None)
    @given(history=histories, order=orders)
    def naive(history, order):
        remote = Remote()
        book = NaiveBook(remote)
        play(book, remote, history, order)
        wanted = [truth(remote.latest(book.pages[number])) for number in (0, 1)]
        assert book.result() == wanted

    with pytest.raises(AssertionError):
        naive()
