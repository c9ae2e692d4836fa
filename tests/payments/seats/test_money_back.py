"""Money of a seat that goes back: booked as of a share, and what the seat is worth then."""

import pytest
from django.urls import reverse

from marketplace.mandates.permissions import may_be_told
from marketplace.money import Money
from marketplace.notices.models import Notice
from payments import checking
from payments.actions.refunds import approve_refund, request_refund
from payments.exceptions import Disputed
from payments.models import Discrepancy, Dispute, LedgerEntry, RefundRequest
from payments.sandbox import bank
from payments.seat_standing import GRACE
from tests.payments.officers import make_officer
from tests.payments.seats.seat import (
    PRICE,
    after,
    income,
    owner_of,
    paid_seat,
    right_of,
)
from tests.payments.wsgi_http_client import stripe_client

pytestmark = pytest.mark.django_db


def balance(account: str) -> int:
    rows = LedgerEntry.objects.filter(account=account)
    return sum(rows.values_list("amount_minor", flat=True))


def charge_of(stripe) -> str:
    return stripe.app.store.newest_first("charge")[0]["id"]


def at_the_bank(stripe, action: str, kind: str = "charge") -> None:
    """The payer's bank acts, and Stripe's events arrive."""
    thing = stripe.app.store.newest_first(kind)[0]
    bank.act(stripe.app.moment(), action, thing["id"])
    assert set(stripe.deliver()) == {200}


def refund_in_stripes_own_pages(stripe, amount: int = PRICE) -> None:
    wanted = {"charge": charge_of(stripe), "amount": amount}
    stripe_client(stripe.app).v1.refunds.create(wanted)


def ask_back(payment, minor: int = PRICE) -> RefundRequest:
    return request_refund(
        payment, amount=Money(minor, "USD"), because="mistake", by=make_officer()
    )


def test_a_payment_of_a_seat_stands_among_the_payments(stripe, investor):
    row = paid_seat(stripe, investor)
    payment = row.payments.get()
    assert (payment.state, payment.amount, payment.payer) == (
        "succeeded",
        Money(PRICE, "USD"),
        investor,
    )
    kinds = sorted(payment.postings.values_list("kind", flat=True))
    assert kinds == ["charge", "settlement"]
    assert not investor.memberships.get().user.notices.exists()


def test_a_refund_by_two_persons_is_booked_and_the_seat_rests(stripe, client, investor):
    row = paid_seat(stripe, investor)
    request = approve_refund(ask_back(row.payments.get()), by=make_officer())
    row.refresh_from_db()
    assert (request.state, balance("refunds"), income()) == ("succeeded", PRICE, PRICE)
    assert row.is_returned
    assert not may_be_told(investor)
    told = Notice.objects.filter(recipient=owner_of(investor))
    assert set(told.values_list("kind", flat=True)) == {
        "payments.refund_sent",
        "payments.seat_money_back",
    }
    client.force_login(owner_of(investor))
    page = client.get(reverse("payments:seats")).content.decode()
    assert "What was paid for this period went back" in page
    stripe.deliver()
    assert (balance("refunds"), told.count()) == (PRICE, 2)
    after(stripe, row, 31)  # the next period is paid, and the seat is open again
    assert (row.is_returned, income()) == (False, 2 * PRICE)
    assert may_be_told(investor)
    assert list(checking.breaches()) == []
    assert not Discrepancy.objects.exists()


def test_a_part_that_goes_back_leaves_the_seat(stripe, investor):
    row = paid_seat(stripe, investor)
    refund_in_stripes_own_pages(stripe, PRICE - 1)
    assert set(stripe.deliver()) == {200}
    assert balance("refunds") == PRICE - 1
    assert right_of(investor).ends_at == row.period_end + GRACE
    assert Discrepancy.objects.get().kind == "foreign_refund"


def test_a_refund_that_fails_later_opens_the_seat_again(stripe, investor):
    row = paid_seat(stripe, investor)
    request = approve_refund(ask_back(row.payments.get()), by=make_officer())
    assert not may_be_told(investor)
    at_the_bank(stripe, "fail", "refund")
    row.refresh_from_db()
    request.refresh_from_db()
    assert (request.state, balance("refunds"), row.is_returned) == ("failed", 0, False)
    assert right_of(investor).ends_at == row.period_end + GRACE
    assert Discrepancy.objects.get().kind == "refund_failed"
    assert list(checking.breaches()) == []


def test_an_inquiry_moves_nothing(stripe, investor):
    row = paid_seat(stripe, investor)
    at_the_bank(stripe, "inquire")
    assert Dispute.objects.get().attempt == row.payments.get()
    assert (balance("disputes"), may_be_told(investor)) == (0, True)
    assert Discrepancy.objects.get().kind == "disputed"


@pytest.mark.parametrize(("outcome", "taken"), [("win", 0), ("lose", PRICE)])
def test_a_dispute_lets_the_seat_rest_until_it_is_won(stripe, investor, outcome, taken):
    row = paid_seat(stripe, investor)
    at_the_bank(stripe, "dispute")
    assert (balance("disputes"), may_be_told(investor)) == (PRICE, False)
    request = row.payments.get().refunds.create(
        currency_id="USD", amount_minor=1, requested_by=make_officer()
    )
    with pytest.raises(Disputed):
        approve_refund(request, by=make_officer())
    at_the_bank(stripe, outcome, "dispute")
    assert balance("disputes") == taken
    assert may_be_told(investor) is (taken == 0)
    assert list(checking.breaches()) == []


def test_what_goes_back_after_the_end_is_booked_too(stripe, investor):
    row = paid_seat(stripe, investor)
    stripe_client(stripe.app).v1.subscriptions.update(
        row.subscription_id, {"cancel_at_period_end": True}
    )
    after(stripe, row, 31)
    assert row.status == "canceled"
    at_the_bank(stripe, "dispute")
    assert (balance("disputes"), may_be_told(investor)) == (PRICE, False)
    assert list(checking.breaches()) == []
