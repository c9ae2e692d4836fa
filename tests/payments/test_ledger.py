from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from marketplace.money import Money
from payments import ledger
from payments.models import (
    Discrepancy,
    LedgerEntry,
    LedgerTransaction,
    Share,
)
from payments.models.ledger import Account
from payments.modes import Mode
from tests.payments.rows import make_currencies, make_fee

pytestmark = pytest.mark.django_db

BOOKS = {"mode": "sandbox", "period": date(2026, 3, 1)}


def a_fact(key="charge:ch_1", amount=100, lines=None, **fields) -> ledger.Fact:
    make_currencies()
    return ledger.Fact(
        key=key,
        kind=ledger.Kind.CHARGE,
        legs=lines
        or ledger.legs(
            debit=Account.STRIPE_CLEARING,
            credit=Account.RECEIVABLE,
            amount=Money(amount, "USD"),
        ),
        occurred_at=timezone.now(),
        mode=Mode.SANDBOX,
        source=ledger.Source.STRIPE,
        **fields,
    )


def entry(header_id, amount, account="receivable", currency="USD"):
    return LedgerEntry.objects.create(
        transaction_id=header_id,
        account=account,
        currency_id=currency,
        amount_minor=amount,
        **BOOKS,
    )


def header(header_id, key="by hand", **books):
    return LedgerTransaction.objects.create(
        id=header_id,
        key=key,
        kind="correction",
        occurred_at=timezone.now(),
        source="system",
        **(BOOKS | books),
    )


@transaction.atomic
def booked_by_hand(amounts):
    header_id = chosen_id()
    for currency, amount in amounts:
        entry(header_id, amount, currency=currency)
    header(header_id)


def chosen_id():
    return LedgerTransaction._meta.pk.default()


def test_a_fact_is_booked_once_however_often_it_is_told():
    assert ledger.post(a_fact())
    assert not ledger.post(a_fact())
    assert LedgerTransaction.objects.count() == 1
    assert LedgerEntry.objects.count() == 2
    assert not Discrepancy.objects.exists()


def test_the_same_fact_with_another_amount_goes_to_finance():
    ledger.post(a_fact(amount=100))
    assert not ledger.post(a_fact(amount=101))
    assert Discrepancy.objects.get().kind == Discrepancy.Kind.POSTING_DIFFERS
    assert LedgerEntry.objects.count() == 2


def test_the_same_charge_for_another_share_goes_to_finance():
    one, other = make_fee().shares.all()
    ledger.post(a_fact(share=one))
    ledger.post(a_fact(share=other))
    matter = Discrepancy.objects.get()
    assert (matter.kind, matter.about) == ("posting_differs", "charge:ch_1")


def test_legs_that_do_not_balance_are_refused_before_the_database():
    lines = (
        ledger.Leg(Account.RECEIVABLE, Money(100, "USD")),
        ledger.Leg(Account.FEE_INCOME, Money(-99, "USD")),
    )
    with pytest.raises(ledger.Unbalanced):
        ledger.post(a_fact(lines=lines))


def test_currencies_do_not_make_up_for_each_other():
    lines = (
        ledger.Leg(Account.RECEIVABLE, Money(100, "USD")),
        ledger.Leg(Account.FEE_INCOME, Money(-100, "EUR")),
    )
    with pytest.raises(ledger.Unbalanced):
        ledger.post(a_fact(lines=lines))


@pytest.mark.parametrize(
    "amounts",
    [[], [("USD", 100)], [("USD", 100), ("USD", -99)], [("USD", 5), ("EUR", -5)]],
    ids=["no legs", "one leg", "unbalanced", "two currencies"],
)
def test_the_database_refuses_a_header_over_bad_legs(amounts):
    make_currencies()
    with pytest.raises(IntegrityError, match="ledger:"):
        booked_by_hand(amounts)


def test_the_database_takes_good_legs_and_then_the_header():
    make_currencies()
    header_id = chosen_id()
    entry(header_id, 100)
    entry(header_id, -100, account="fee_income")
    header(header_id)
    connection.check_constraints()


@pytest.mark.parametrize(
    "books", [{"mode": "stripe_live"}, {"period": date(2026, 4, 1)}]
)
def test_legs_and_transaction_stand_in_the_same_books(books):
    make_currencies()
    header_id = chosen_id()
    entry(header_id, 100)
    entry(header_id, -100, account="fee_income")
    with pytest.raises(IntegrityError, match="ledger:"):
        header(header_id, **books)


def test_no_leg_joins_a_booked_transaction():
    ledger.post(a_fact())
    booked = LedgerTransaction.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(booked.pk, 1)


def test_a_leg_without_a_header_does_not_last():
    make_currencies()
    savepoint = transaction.savepoint()
    entry(chosen_id(), 100)
    with pytest.raises(IntegrityError):
        connection.check_constraints()
    transaction.savepoint_rollback(savepoint)


@pytest.mark.parametrize("model", [LedgerTransaction, LedgerEntry])
def test_nothing_in_the_ledger_is_deleted(model):
    ledger.post(a_fact())
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


@pytest.mark.parametrize(
    ("model", "change"),
    [(LedgerTransaction, {"memo": "x"}), (LedgerEntry, {"account": "suspense"})],
)
def test_nothing_in_the_ledger_is_changed(model, change):
    ledger.post(a_fact())
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_what_is_due_never_changes_but_its_state_may():
    share = make_fee().shares.first()
    Share.objects.filter(pk=share.pk).update(state=Share.State.PAID)
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.filter(pk=share.pk).update(due_minor=1)


def test_an_entry_of_nothing_is_refused():
    make_currencies()
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(chosen_id(), 0)


def test_the_sign_of_a_leg_stays_before_its_number_in_every_language():
    ledger.post(a_fact(amount=378))
    leg = LedgerEntry.objects.get(amount_minor__lt=0)
    with translation.override("ar"):
        assert str(leg).endswith(" \u2068-3.78 USD\u2069")
    assert str(leg).endswith(" -3.78 USD")
