"""The price list, as people write money."""

from datetime import date

import pytest
from django.urls import reverse

from marketplace.money import Money
from payments.actions.fees import raise_fee
from payments.models import (
    FeeSchedule,
)
from tests.payments.rows import make_agreed_venture, make_schedule

pytestmark = pytest.mark.django_db


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def prices(**changes):
    return {
        "currency": "JOD",
        "total": "170.500",
        "mode": "equal",
        "waiver_rule": "",
        "waiver_percent": "100",
        "most_instalments": "1",
        "due_days": "30",
        "valid_from": "2026-01-01",
    } | changes


def test_a_price_is_written_as_people_write_money(client, finance):
    make_schedule()
    finance()
    client.post(reverse("feeschedule:add"), prices())
    schedule = FeeSchedule.objects.get(currency="JOD")
    assert schedule.total == Money(170_500, "JOD")
    text = page(client, "feeschedule:edit", schedule.pk).content.decode()
    assert 'value="170.500"' in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"total": "170.505"},
        {"total": "1.0005"},
        {"total": "-1"},
        {"total": "x"},
        {"due_days": "366"},
        {"currency": "GBP"},
        {"valid_from": ""},
    ],
)
def test_a_price_that_cannot_be_charged_is_refused(client, finance, wrong):
    make_schedule()
    finance()
    answer = client.post(reverse("feeschedule:add"), prices(**wrong))
    assert answer.context["form"].errors
    assert FeeSchedule.objects.count() == 1


def test_two_prices_from_one_day_are_refused(client, finance):
    make_schedule(valid_from=date(2026, 1, 1))
    finance()
    answer = client.post(reverse("feeschedule:add"), prices(currency="USD", total="1"))
    assert answer.context["form"].errors


def test_a_new_price_changes_no_fee_that_was_raised(client, finance):
    schedule = make_schedule(240_00)
    fee = raise_fee(make_agreed_venture())
    finance()
    address = reverse("feeschedule:edit", args=[schedule.pk])
    client.post(address, prices(currency="USD", total="999"))
    schedule.refresh_from_db()
    fee.refresh_from_db()
    assert (schedule.total_minor, fee.total_minor) == (999_00, 240_00)


def test_an_amount_for_each_side_is_written_and_read_back(client, finance):
    make_schedule()
    finance()
    lines = {"mode": "adjusted", "total": "0", "il": "150.5", "ps": "90", "third": "0"}
    answer = client.post(reverse("feeschedule:add"), prices(**lines | {"ps": ""}))
    assert answer.context["form"].errors
    answer = client.post(reverse("feeschedule:add"), prices(**lines | {"ps": "0"}))
    assert answer.context["form"].errors
    client.post(reverse("feeschedule:add"), prices(**lines))
    schedule = FeeSchedule.objects.get(currency="JOD")
    amounts = dict(schedule.lines.values_list("side", "amount_minor"))
    assert amounts == {"il": 150_500, "ps": 90_000, "third": 0}
    text = page(client, "feeschedule:edit", schedule.pk).content.decode()
    assert 'value="150.500"' in text
