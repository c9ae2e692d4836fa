"""A bank that asks for every payment of a seat: told, answered, and the seat goes on."""

import pytest
from django.urls import reverse
from django.utils import translation

from marketplace.exceptions import NotAllowed
from marketplace.mandates.permissions import may_be_told
from payments import checking
from payments.actions.seat_changes import open_bank_page
from payments.exceptions import NothingToConfirm
from payments.models import Discrepancy
from payments.seat_standing import GRACE
from tests.factories import make_member
from tests.payments.seats.seat import (
    PRICE,
    after,
    income,
    make_plan,
    move,
    open_page,
    owner_of,
    right_of,
    take,
)
from tests.payments.seats.test_notices import told

pytestmark = pytest.mark.django_db
ASKS_ALWAYS = "4000002760003184"


def take_asking(stripe, organisation, plan):
    """The bank asks when the card is kept, and is answered."""
    page = open_page(organisation, plan)
    stripe.payer.pay(page, ASKS_ALWAYS, email="i@example.org")
    assert stripe.payer.answer_bank(f"{page}/challenge", complete=True).status == 303
    assert set(stripe.deliver()) == {200}
    return organisation.subscriptions.get()


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_the_first_payment_waits_for_the_payer_and_the_seat_goes_on(
    stripe, client, investor, plan, language
):
    row = take_asking(stripe, investor, plan)
    after(stripe, row, 12)
    after(stripe, row, 3)
    assert (row.status, row.asks_bank, income()) == ("past_due", True, 0)
    assert told(investor) == ["trial_ends", "confirm"]
    assert right_of(investor).ends_at == row.trial_end + GRACE
    client.force_login(owner_of(investor))
    with translation.override(language):
        seats = reverse("payments:seats")
        confirm = reverse("payments:seat_confirm", args=[row.public_id])
    assert confirm in client.get(seats).content.decode()
    answer = client.post(confirm)
    assert answer.status_code == 303
    page = answer["Location"]
    assert page.endswith(f"?lang={language}")
    done = stripe.payer.answer_bank(page.partition("?")[0], complete=True)
    assert done.status == 200
    assert set(stripe.deliver()) == {200}
    row.refresh_from_db()
    assert (row.status, row.asks_bank, income()) == ("active", False, PRICE)
    assert right_of(investor).ends_at == row.period_end + GRACE
    assert confirm not in client.get(seats).content.decode()
    assert list(checking.breaches()) == []
    assert not Discrepancy.objects.exists()


def test_each_renewal_that_asks_is_told_once(stripe, investor):
    row = take_asking(stripe, investor, make_plan("paid", trial_days=0))
    assert (row.status, income()) == ("active", PRICE)  # the payer was there
    after(stripe, row, 31)
    after(stripe, row, 3)
    assert (row.status, row.asks_bank) == ("past_due", True)
    assert told(investor) == ["confirm"]
    assert may_be_told(investor)


def test_unanswered_the_seat_ends_like_any_that_is_not_paid(stripe, investor):
    row = take_asking(stripe, investor, make_plan("paid", trial_days=0))
    after(stripe, row, 31)
    for _ in range(3):
        after(stripe, row, 7)
    assert row.status == "canceled"
    assert told(investor) == ["confirm", "ended"]
    assert not may_be_told(investor)


def test_a_dearer_plan_is_made_once_the_bank_is_answered(
    stripe, client, investor, year
):
    row = take_asking(stripe, investor, make_plan("paid", trial_days=0))
    change, quote = move(row, year)
    assert (change.state, row.asks_bank, row.amount_minor) == ("asked", True, PRICE)
    client.force_login(owner_of(investor))
    text = client.get(reverse("payments:seats")).content.decode()
    assert "your bank asks you to confirm its payment" in text
    page = open_bank_page(row, by=owner_of(investor), language="en").partition("?")[0]
    stripe.payer.answer_bank(page, complete=True)
    assert set(stripe.deliver()) == {200}
    change.refresh_from_db()
    row.refresh_from_db()
    assert (change.state, row.plan) == ("done", year)
    assert income() == PRICE + quote.due.minor


def test_where_nothing_is_asked_nobody_is_led_anywhere(stripe, investor, plan):
    row = take(stripe, investor, plan)
    with pytest.raises(NothingToConfirm):
        open_bank_page(row, by=owner_of(investor), language="en")
    with pytest.raises(NotAllowed):
        open_bank_page(row, by=make_member(investor, role="viewer"), language="en")
