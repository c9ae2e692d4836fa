"""Random histories: whatever is told, how often and in whatever order, one ledger."""

import copy
import os
import random
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from marketplace.ventures.models import JointVenture
from marketplace.ventures.signals import venture_activated
from payments.gateway import get_gateway
from payments.models import Discrepancy, LedgerEntry
from payments.standing import ShareTotals, share_standing
from tests.payments.officers import make_officer
from tests.payments.remote import Remote, truth
from tests.payments.rows import make_fee
from tests.payments.telling import DUE, TOTAL, Inbox, NaiveBook, begin, play

HISTORIES = int(os.environ.get("PAYMENT_HISTORIES", "500"))

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
clicks = st.tuples(
    st.sampled_from(["click", "click", "click", "transfer", "waive"]), st.integers(0, 1)
)
crashes = st.tuples(st.just("crash"), st.one_of(told, returns))
histories = st.lists(st.one_of(acts, told, told, returns, clicks, crashes), max_size=18)
orders = st.randoms(use_true_random=False)
quick = hypothesis_settings(
    max_examples=HISTORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


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
    # Set once: each setting of a setting makes the next look-up of any one longer.
    options = {}
    settings.PAYMENT_GATEWAY = {
        "BACKEND": "tests.payments.remote.given",
        "OPTIONS": options,
    }

    def use(remote):
        options["remote"] = remote
        get_gateway.cache_clear()

    yield use
    get_gateway.cache_clear()


@pytest.fixture
def beginning(db, gateway_of, activations):
    """Two of finance, a fee, and both partners at the page where they pay.

    Made once: each history begins with copies of it, and its rows are put back.
    """
    remote = Remote()
    gateway_of(remote)
    officers = [make_officer(), make_officer()]
    book = Inbox(remote, make_fee(TOTAL), officers, activations)
    begin(book)
    return remote, book


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
@example(
    history=[("pay", 0), ("crash", ("tell", 0, 0)), ("transfer", 1), ("pay", 1)],
    order=random.Random(5),
)
@example(
    history=[("waive", 0), ("click", 0), ("pay", 0), ("tell", 0, 1), ("dispute", 0)],
    order=random.Random(6),
)
@example(
    history=[("pay", 0), ("tell", 0, 0), ("pay", 1), ("crash", ("tell", 1, 0))],
    order=random.Random(7),
)
def test_every_telling_of_the_same_facts_ends_in_the_same_ledger(
    history, order, gateway_of, activations, beginning
):
    remote = copy.deepcopy(beginning[0])
    gateway_of(remote)
    activations.clear()
    before = transaction.savepoint()
    try:
        book = beginning[1].anew(remote)
        play(book, remote, history, order)
        look_at(book, activations)
    finally:  # the next history begins where this one did
        transaction.savepoint_rollback(before)


def look_at(book, activations):
    book.look_at_events()
    assert book.result() == book.expected()
    entries = LedgerEntry.objects.filter(transaction__fee=book.fee)
    assert sum(entries.values_list("amount_minor", flat=True)) == 0
    sums = zip(book.shares, book.result(), book.waived, strict=True)
    for share, (received, returned), waived in sums:
        share.refresh_from_db()
        totals = ShareTotals(received=received, waived=waived, returned=returned)
        standing = share_standing(DUE, totals)
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


def test_a_handler_that_believes_each_event_fails_these_histories():
    @hypothesis_settings(quick, database=None)
    @given(history=histories, order=orders)
    def naive(history, order):
        remote = Remote()
        book = NaiveBook(remote)
        begin(book)
        play(book, remote, history, order)
        wanted = [truth(remote.latest(book.pages[number])) for number in (0, 1)]
        assert book.result() == wanted

    with pytest.raises(AssertionError):
        naive()
