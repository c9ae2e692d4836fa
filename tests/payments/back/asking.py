"""Asking for money back, and what the books say of it."""

from marketplace.money import Money
from payments.actions.refunds import (
    request_refund,
)
from payments.models import (
    LedgerEntry,
)
from tests.payments.officers import make_officer

PAYS, DISPUTE, INQUIRY = "4242424242424242", "4000000000000259", "4000000000001976"
FAILS = "4000000000005126"


def ask(attempt, minor=None, by=None):
    amount = Money(minor or attempt.amount_minor, attempt.currency_id)
    return request_refund(
        attempt, amount=amount, because="mistake", by=by or make_officer()
    )


def refunds_at(stripe):
    return stripe.app.store.newest_first("refund")


def account(name):
    rows = LedgerEntry.objects.filter(account=name)
    return sum(rows.values_list("amount_minor", flat=True))
