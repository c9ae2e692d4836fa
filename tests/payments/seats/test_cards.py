"""Another card for a seat, from our own page: nothing is charged by entering it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from marketplace.exceptions import NotAllowed
from payments.actions.seat_changes import open_card_page
from payments.actions.seats import cancel_seat
from payments.exceptions import PlanNotOffered
from payments.gateway import get_gateway
from payments.models import Discrepancy, Subscription
from tests.factories import make_member
from tests.payments.seats.seat import (
    FAILS_LATER,
    PRICE,
    after,
    income,
    owner_of,
    take,
)

pytestmark = pytest.mark.django_db
OTHER = "5555555555554444"


def card_page(row) -> str:
    owner = owner_of(row.organisation)
    return open_card_page(row, by=owner, language="he").partition("?")[0]


def card_of(stripe, row) -> str:
    of = stripe.app.store.get("subscription", row.subscription_id)
    method = stripe.app.store.get("payment_method", of["default_payment_method"])
    return method["card"]["last4"]


def test_a_new_card_pays_what_is_open_and_what_comes(stripe, client, investor, plan):
    row = take(stripe, investor, plan, FAILS_LATER)
    after(stripe, row, 15)
    assert row.status == "past_due"
    client.force_login(owner_of(investor))
    page = client.post(reverse("payments:seat_card", args=[row.public_id]))
    assert page.status_code == 303
    assert "הכרטיס" in stripe.payer.look(page["Location"].replace("=en", "=he")).text
    cache.clear()
    back = stripe.payer.pay(page["Location"].partition("?")[0], OTHER)
    assert client.get(back.location).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.card_session_id, income()) == ("active", "", PRICE)
    assert card_of(stripe, row) == OTHER[-4:]
    after(stripe, row, 31)
    assert (row.status, income()) == ("active", 2 * PRICE)
    assert not Discrepancy.objects.exists()


def test_who_does_not_come_back_is_helped_by_the_event(stripe, investor, plan):
    row = take(stripe, investor, plan)
    stripe.payer.pay(card_page(row), OTHER)
    assert card_of(stripe, row) == "4242"
    assert set(stripe.deliver()) == {200}
    assert card_of(stripe, row) == OTHER[-4:]
    assert income() == 0


def test_a_card_that_is_declined_changes_nothing(stripe, investor, plan):
    row = take(stripe, investor, plan)
    page = card_page(row)
    assert stripe.payer.pay(page, "4000000000000002").status == 402
    assert card_page(row) == page
    assert card_of(stripe, row) == "4242"


def test_a_kept_card_that_does_not_pay_leaves_the_seat_past_due(stripe, investor, plan):
    row = take(stripe, investor, plan, FAILS_LATER)
    after(stripe, row, 15)
    stripe.payer.pay(card_page(row), FAILS_LATER)
    after(stripe, row, 0)
    assert (row.status, income()) == ("past_due", 0)


def test_two_clicks_at_once_lead_to_one_page(stripe, investor, plan, monkeypatch):
    row = take(stripe, investor, plan)
    gateway, pages = get_gateway(), []
    opens = gateway.open_card_page

    def slowly(order):
        """While this page is made, another click comes and is answered."""
        monkeypatch.setattr(gateway, "open_card_page", opens)
        pages.append(card_page(Subscription.objects.get(pk=row.pk)))
        return opens(order)

    monkeypatch.setattr(gateway, "open_card_page", slowly)
    assert card_page(row) == pages[0]
    stripe.payer.pay(pages[0], OTHER)
    assert set(stripe.deliver()) == {200}
    assert card_of(stripe, row) == OTHER[-4:]


def test_only_who_acts_for_it_and_only_while_it_runs(stripe, investor, plan):
    row = take(stripe, investor, plan)
    viewer = make_member(investor, role="viewer")
    with pytest.raises(NotAllowed):
        open_card_page(row, by=viewer, language="en")
    cancel_seat(row, by=owner_of(investor))
    after(stripe, row, 15)
    with pytest.raises(PlanNotOffered):
        card_page(row)
