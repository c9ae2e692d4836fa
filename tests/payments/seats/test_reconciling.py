"""What Stripe knows of seats and our books do not, and the other way round."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from marketplace.mandates.permissions import may_be_told
from marketplace.organisations.models import Entitlement
from payments import checking, reconciling
from payments.actions.remedies import apply_remedy
from payments.gateway import get_gateway
from payments.models import (
    Discrepancy,
    Document,
    LedgerEntry,
    LedgerTransaction,
    PaymentAttempt,
    Subscription,
)
from payments.sandbox import bank
from payments.triggers import GUARDS
from tests.payments.officers import make_officer
from tests.payments.rows import make_verified
from tests.payments.seats.seat import (
    PRICE,
    after,
    income,
    make_plan,
    owner_of,
    paid_seat,
    right_of,
    take,
)

pytestmark = pytest.mark.django_db
COMMANDS = ("check_ledger", "check_invariants", "reconcile_payments")


def since(days: int = 2):
    return timezone.now() - timedelta(days=days)


def lose_every_event(stripe) -> None:
    stripe.app.store.run("UPDATE deliveries SET state = 'dropped'")


def test_a_payment_nobody_told_us_of_is_booked_after_the_seats_end(stripe, investor):
    row = take(stripe, investor, make_plan())
    stripe.app.moved.move(15)
    assert list(get_gateway().find_returned(since=since())) == []  # time passes there
    charge = stripe.app.store.newest_first("charge")[0]
    lose_every_event(stripe)
    Subscription.objects.filter(pk=row.pk).update(status="canceled")
    assert reconciling.sync_seats() == 0
    assert list(reconciling.sync_seats_since(since())) == []
    assert LedgerTransaction.objects.filter(key=f"charge:{charge['id']}").exists()
    assert income() == PRICE


def test_what_went_back_and_nobody_told_us_of_is_booked(stripe, investor):
    row = paid_seat(stripe, investor)
    charge = stripe.app.store.newest_first("charge")[0]
    bank.act(stripe.app.moment(), "dispute", charge["id"])
    lose_every_event(stripe)
    Subscription.objects.filter(pk=row.pk).update(status="canceled")
    assert reconciling.sync_returned_since(since()) == 1
    took = LedgerEntry.objects.get(account="disputes")
    assert took.amount_minor == PRICE
    assert not may_be_told(investor)


def test_a_seat_that_is_paid_and_not_in_our_books_is_a_matter_with_a_remedy(
    stripe, investor
):
    row = take(stripe, investor, make_plan())
    known = row.subscription_id
    right_of(investor).delete()
    row.delete()
    for _ in range(2):
        assert list(reconciling.sync_seats_since(since())) == [known]
    matter = Discrepancy.objects.get()
    assert (matter.kind, matter.about) == ("unknown_seat", known)
    apply_remedy(matter, by=make_officer())
    matter.refresh_from_db()
    assert matter.resolved_at is not None
    assert stripe.app.store.get("subscription", known)["cancel_at_period_end"]


def test_seats_of_another_site_are_nobodys_matter(stripe, investor, settings):
    row = take(stripe, investor, make_plan())
    right_of(investor).delete()
    row.delete()
    settings.PAYMENTS_DEPLOYMENT = "another"
    assert list(reconciling.sync_seats_since(since())) == []
    assert not Discrepancy.objects.exists()


def told_by(command: str) -> str:
    told = StringIO()
    try:
        call_command(command, verbosity=0, stderr=told)
    except CommandError:
        assert told.getvalue()
    lines = told.getvalue().splitlines()
    if command == "check_invariants":
        lines = [line for line in lines if line.startswith("I7 ")]
    return "\n".join(lines)


def drop_guards() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # none may be pending
        for name, (table, *_rest) in GUARDS.items():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")


def forget_posting() -> None:
    Document.objects.all().delete()
    LedgerEntry.objects.filter(transaction__kind="charge").delete()
    LedgerTransaction.objects.filter(kind="charge").delete()


def open_rested_seat() -> None:
    Subscription.objects.update(is_returned=True)


def keep_right_of_ended_seat() -> None:
    Subscription.objects.update(status="canceled")
    Entitlement.objects.update(ends_at=timezone.now() + timedelta(days=1))


@pytest.mark.parametrize(
    ("corrupt", "words"),
    [
        (forget_posting, "is paid and has 0 postings"),
        (open_rested_seat, "its subscription gives none"),
        (keep_right_of_ended_seat, "its subscription gives none"),
    ],
)
def test_each_corruption_of_a_seat_is_named_and_fails_the_command(
    stripe, investor, corrupt, words
):
    paid_seat(stripe, investor)
    assert [told_by(command) for command in COMMANDS] == ["", "", ""]
    drop_guards()
    corrupt()
    found = [breach for breach in checking.breaches() if "guard" not in breach]
    assert [breach for breach in found if words in breach] != []
    for command in COMMANDS:
        assert words in told_by(command)


def test_a_payment_of_a_seat_that_stripe_does_not_know_is_a_matter(stripe, investor):
    row = paid_seat(stripe, investor)
    PaymentAttempt.objects.filter(seat=row).update(intent_id="pi_unknown")
    assert list(reconciling.check_postings_since(since())) == [
        str(row.payments.get().public_id)
    ]
    assert Discrepancy.objects.get().kind == "no_remote"


def test_two_seats_do_not_take_each_others_payments(stripe, investor):
    first = paid_seat(stripe, investor)
    other = make_verified(side="third")
    other.memberships.create(user=owner_of(investor), role="owner")
    second = take(stripe, other, first.plan)
    reconciling.sync_returned_since(since())
    assert [row.payments.count() for row in (first, second)] == [1, 1]
    after(stripe, first, 31)
    second.refresh_from_db()
    assert [row.payments.count() for row in (first, second)] == [2, 2]
    assert income() == 4 * PRICE
