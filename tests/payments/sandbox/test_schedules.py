"""A price that begins with the next period: schedules of the development Stripe."""

import pytest
import stripe

from payments.sandbox.rules import DAY

from .conftest import NOW
from .seats import change_order, status_of

PAID = {"metadata": {"seat": "seat-1"}}


@pytest.fixture
def paid(begin):
    return begin(subscription_data=PAID)


def phases(api, schedule, amount=5_000, interval="month"):
    first = schedule.phases[0]
    product = api.subscriptions.retrieve(schedule.subscription)["items"]["data"][0]
    price = {
        "currency": "ils",
        "product": product.price.product,
        "unit_amount": amount,
        "recurring": {"interval": interval},
    }
    runs = {
        "items": [{"price": first["items"][0].price, "quantity": 1}],
        "start_date": first.start_date,
        "end_date": first.end_date,
        "proration_behavior": "none",
    }
    follows = {
        "items": [{"price_data": price, "quantity": 1}],
        "duration": {"interval": interval},
    }
    return [runs, follows]


def schedule_later(api, subscription, **wanted):
    made = api.subscription_schedules.create({"from_subscription": subscription})
    order = {"phases": phases(api, made, **wanted), "metadata": {"seat_change": "c"}}
    return api.subscription_schedules.update(made.id, order)


def test_the_period_runs_as_it_was_paid_and_the_next_costs_less(app, api, paid):
    schedule = schedule_later(api, paid)
    assert schedule.metadata["seat_change"] == "c"
    assert api.subscriptions.retrieve(paid).schedule == schedule.id
    app.moved.move(20)
    assert [charge.amount for charge in api.charges.list().data] == [12_345]
    app.moved.move(11)
    assert [charge.amount for charge in api.charges.list().data] == [5_000, 12_345]
    assert status_of(api, paid) == "active"


def test_a_year_can_be_followed_by_months(app, api, paid):
    schedule_later(api, paid, amount=99_000, interval="year")
    app.moved.move(31)
    item = api.subscriptions.retrieve(paid)["items"]["data"][0]
    assert item.price.recurring.interval == "year"
    assert item.current_period_end - item.current_period_start == 365 * DAY


def test_after_one_period_more_it_is_released_and_the_price_stays(app, api, paid):
    schedule = schedule_later(api, paid)
    app.moved.move(31)
    assert api.subscription_schedules.retrieve(schedule.id).status == "active"
    app.moved.move(31)
    assert api.subscriptions.retrieve(paid).schedule is None
    assert api.subscription_schedules.retrieve(schedule.id).status == "released"
    assert api.charges.list().data[0].amount == 5_000


def test_released_before_its_day_nothing_has_changed(app, api, paid):
    schedule = schedule_later(api, paid)
    assert api.subscription_schedules.release(schedule.id).subscription is None
    app.moved.move(31)
    assert api.charges.list().data[0].amount == 12_345
    with pytest.raises(stripe.InvalidRequestError):
        api.subscription_schedules.release(schedule.id)


def test_a_scheduled_subscription_is_not_changed_beside_its_schedule(api, paid):
    schedule_later(api, paid)
    for wanted in ({"cancel_at_period_end": True}, change_order(api, paid)):
        with pytest.raises(stripe.InvalidRequestError, match="managed by"):
            api.subscriptions.update(paid, wanted)
    with pytest.raises(stripe.InvalidRequestError, match="already attached"):
        api.subscription_schedules.create({"from_subscription": paid})


@pytest.mark.parametrize(
    "wrong",
    [
        lambda both: both[:1],
        lambda both: [both[0] | {"end_date": NOW + DAY}, both[1]],
        lambda both: [both[0] | {"proration_behavior": "always_invoice"}, both[1]],
        lambda both: [both[0], both[1] | {"items": both[0]["items"]}],
    ],
)
def test_what_is_not_modelled_is_refused(api, paid, wrong):
    made = api.subscription_schedules.create({"from_subscription": paid})
    order = {"phases": wrong(phases(api, made))}
    with pytest.raises(stripe.InvalidRequestError):
        api.subscription_schedules.update(made.id, order)
