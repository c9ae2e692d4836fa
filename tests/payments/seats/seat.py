"""A seat taken at the development Stripe, and what became of it."""

from marketplace.organisations.models import MANDATES, Entitlement
from payments.actions.seat_changes import change_plan, quote_change
from payments.actions.seats import open_seat_page
from payments.models import (
    LedgerEntry,
    Plan,
    Subscription,
)
from tests.payments.rows import make_currencies

FAILS_LATER = "4000000000000341"
PRICE = 30_00
YEAR = 300_00


def make_plan(key="seat", **fields) -> Plan:
    make_currencies()
    fields = {"amount_minor": PRICE, "interval": "month", "trial_days": 14} | fields
    names = {"name_en": "Seat", "name_he": "מקום למשקיעים", "name_ar": "مقعد"}
    return Plan.objects.create(key=key, currency_id="USD", **names, **fields)


def owner_of(organisation):
    return organisation.memberships.get(role="owner").user


def open_page(organisation, plan) -> str:
    page = open_seat_page(organisation, plan, by=owner_of(organisation))
    return page.partition("?")[0]


def take(stripe, organisation, plan, card="4242424242424242") -> Subscription:
    """The card is entered, and Stripe's events arrive."""
    answer = stripe.payer.pay(
        open_page(organisation, plan), card, email="i@example.org"
    )
    assert answer.status == 303
    assert set(stripe.deliver()) == {200}
    return organisation.subscriptions.get()


def paid_seat(stripe, investor):
    return take(stripe, investor, make_plan("paid", trial_days=0))


def move(row, plan):
    by = owner_of(row.organisation)
    quote = quote_change(row, plan, by=by)
    change = change_plan(row, mark=quote.mark, by=by)
    row.refresh_from_db()
    return change, quote


def after(stripe, row, days) -> Subscription:
    """So many days later, as Stripe counts them, once its events have arrived."""
    stripe.app.moved.move(days)
    assert set(stripe.deliver()) <= {200}
    row.refresh_from_db()
    return row


def right_of(organisation) -> Entitlement:
    return Entitlement.objects.get(organisation=organisation, feature=MANDATES)


def income() -> int:
    legs = LedgerEntry.objects.filter(account="seat_income")
    return -sum(legs.values_list("amount_minor", flat=True))
