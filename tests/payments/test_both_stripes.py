"""One behaviour, asked of the development Stripe and, where a key is given, of Stripe.

    STRIPE_TEST_KEY=sk_test_… python -m pytest tests/payments/test_both_stripes.py

Nobody types a card at Stripe's own page here: a subscription is begun there over the
API, with a test card of Stripe's, and at the development Stripe by a payer.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from marketplace.money import Money
from payments.gateway import (
    CallDiffers,
    CheckoutOrder,
    GatewayRefused,
    RefundOrder,
    get_gateway,
)
from payments.seat_facts import CardOrder, PlanChange, SeatOrder
from payments.stripe_gateway import StripeGateway
from payments.stripe_seat_objects import seat_params

KEY = os.environ.get("STRIPE_TEST_KEY", "")
BACK = "https://example.org/back"
PRICE = Money(30_00, "USD")


@dataclass
class Side:
    """A gateway, and how a seat is begun on its side of the wire."""

    gateway: StripeGateway
    begin: object


def order(**changes) -> CheckoutOrder:
    page = {"locale": "en", "success_url": BACK, "cancel_url": BACK}
    page |= {"expires_at": timezone.now() + timedelta(hours=2)}
    named = {"reference": uuid4(), "deployment": "tests", "label": "Programme fee"}
    return CheckoutOrder(**named, **page, **({"amount": PRICE} | changes))


def seat() -> SeatOrder:
    return SeatOrder(
        reference=uuid4(),
        deployment="tests",
        amount=PRICE,
        interval="month",
        trial_days=0,
        label="Investor seat",
        locale="en",
        customer_id="",
        success_url=BACK,
        cancel_url=BACK,
        expires_at=timezone.now() + timedelta(hours=2),
    )


@pytest.fixture(params=["development", "stripe"])
def side(request, settings) -> Iterator[Side]:
    if request.param == "development":
        yield development(request.getfixturevalue("stripe"))
        return
    if not KEY:
        pytest.skip("STRIPE_TEST_KEY is not set: nothing was asked of Stripe itself")
    assert KEY.startswith(("sk_test_", "rk_test_")), "only a key of the test mode"
    settings.PAYMENTS_MODE, settings.STRIPE_KEY = "stripe_test", KEY
    yield from stripes_own()


def development(stripe) -> Side:
    gateway = get_gateway()

    def begin() -> str:
        page = gateway.open_seat(seat())
        assert stripe.payer.pay(page.url, email="p@example.org").status == 303
        return gateway.fetch_seat_page(page.session_id).subscription_id

    return Side(gateway, begin)


def stripes_own() -> Iterator[Side]:
    gateway, begun = StripeGateway(), []
    api = gateway.client.v1

    def begin() -> str:
        wanted = seat_params(seat())
        card = {"payment_method": "pm_card_visa"}
        customer = api.customers.create({**card, "email": "p@example.org"})
        method = api.customers.payment_methods.list(customer.id).data[0].id
        price = wanted["line_items"][0]["price_data"]
        product = api.products.create(price.pop("product_data"))
        made = api.subscriptions.create(
            {
                "customer": customer.id,
                "default_payment_method": method,
                "items": [{"price_data": price | {"product": product.id}}],
                "metadata": wanted["subscription_data"]["metadata"],
            }
        )
        begun.append(made.id)
        return made.id

    yield Side(gateway, begin)
    for subscription in begun:
        gateway.drop_later(subscription)
        api.subscriptions.cancel(subscription)


def test_the_same_order_is_the_same_page_and_another_is_refused(side):
    wanted = order()
    first = side.gateway.open_checkout(wanted)
    assert side.gateway.open_checkout(wanted).session_id == first.session_id
    with pytest.raises(CallDiffers):
        side.gateway.open_checkout(replace(wanted, amount=PRICE + PRICE))
    facts = side.gateway.fetch_attempt(first.session_id)
    assert (facts.amount, facts.payment, facts.livemode) == (PRICE, None, False)
    hour = timezone.now() - timedelta(hours=1)
    pages = {page.session_id for page in side.gateway.find_checkouts(since=hour)}
    assert first.session_id in pages


def test_a_page_is_closed_once(side):
    page = side.gateway.open_checkout(order())
    assert side.gateway.expire_checkout(page.session_id).status == "expired"
    with pytest.raises(GatewayRefused):
        side.gateway.expire_checkout(page.session_id)


def test_a_sum_that_is_too_small_is_named(side):
    with pytest.raises(GatewayRefused) as refused:
        side.gateway.open_checkout(order(amount=Money(10, "USD")))
    assert refused.value.code == "amount_too_small"


def test_what_a_seat_paid_goes_back_and_no_more(side):
    (payment,) = side.gateway.fetch_subscription(side.begin()).payments
    assert payment.charge.amount == PRICE
    back = RefundOrder(
        uuid4(), uuid4(), "tests", payment.intent_id, Money(10_00, "USD")
    )
    assert side.gateway.refund(back).id == side.gateway.refund(back).id
    known = side.gateway.fetch_payment(payment.intent_id)
    assert [refund.reference for refund in known.refunds] == [str(back.reference)]
    assert known.held == Money(20_00, "USD")
    with pytest.raises(GatewayRefused):
        side.gateway.refund(replace(back, reference=uuid4(), amount=PRICE))


def test_a_dearer_plan_takes_what_was_quoted(side):
    subscription = side.begin()
    at = timezone.now().replace(microsecond=0)
    change = PlanChange(uuid4(), PRICE + PRICE, "month", at)
    due = side.gateway.quote_plan(subscription, change)
    side.gateway.change_plan(subscription, change)
    facts = side.gateway.fetch_subscription(subscription)
    assert (facts.amount, facts.is_change_pending) == (PRICE + PRICE, False)
    assert due in [payment.charge.amount for payment in facts.payments]


def test_a_cheaper_plan_waits_is_known_by_our_name_and_is_taken_back(side):
    subscription = side.begin()
    change = PlanChange(uuid4(), Money(15_00, "USD"), "month", timezone.now())
    for _ in range(2):
        side.gateway.plan_later(subscription, change)
    facts = side.gateway.fetch_subscription(subscription)
    assert (facts.amount, facts.later) == (PRICE, str(change.reference))
    side.gateway.change_seat(subscription, ends_with_period=True)
    facts = side.gateway.fetch_subscription(subscription)
    assert (facts.later, facts.cancel_at_period_end) == ("", True)


def test_a_page_for_another_card_belongs_to_its_customer(side):
    facts = side.gateway.fetch_subscription(side.begin())
    page = side.gateway.open_card_page(
        CardOrder(uuid4(), "tests", facts.customer_id, "en", BACK, BACK)
    )
    assert side.gateway.fetch_card_page(page.session_id).status == "open"
