"""Finance acts by buttons, with two persons."""

import pytest
from django.urls import reverse

from payments import ledger
from payments.actions.adjustments import request_waiver
from payments.actions.fees import raise_fee
from payments.actions.transfers import ask_for_transfer
from payments.models import (
    Adjustment,
    Discrepancy,
    OfflinePayment,
)
from tests.payments.rows import make_agreed_venture, make_fee, make_schedule, payer_of

pytestmark = pytest.mark.django_db


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def test_a_waiver_is_granted_by_a_button_and_booked(client, finance):
    share = make_fee().shares.first()
    request = request_waiver(share, by=payer_of(share), because="means")
    finance()
    text = page(client, "adjustment:inspect", request.pk).content.decode()
    assert reverse("adjustment:approve", args=[request.pk]) in text
    client.post(reverse("adjustment:approve", args=[request.pk]))
    share.refresh_from_db()
    assert share.state == "waived"
    text = page(client, "adjustment:inspect", request.pk).content.decode()
    assert reverse("adjustment:approve", args=[request.pk]) not in text


def test_who_asked_sees_no_button_and_is_refused(client, finance):
    share = make_fee().shares.first()
    officer = finance()
    request = request_waiver(share, by=officer, because="means")
    address = reverse("adjustment:approve", args=[request.pk])
    text = page(client, "adjustment:inspect", request.pk).content.decode()
    assert address not in text
    client.post(address)
    assert Adjustment.objects.get().state == "requested"


def test_looking_at_the_address_of_an_act_does_nothing(client, finance):
    share = make_fee().shares.first()
    request = request_waiver(share, by=payer_of(share), because="means")
    finance()
    assert page(client, "adjustment:approve", request.pk).status_code == 405


def test_other_staff_press_no_button(client, staff):
    share = make_fee().shares.first()
    request = request_waiver(share, by=payer_of(share), because="means")
    staff("view_adjustment")
    client.post(reverse("adjustment:approve", args=[request.pk]))
    assert Adjustment.objects.get().state == "requested"


def test_a_transfer_is_recorded_by_one_and_confirmed_by_another(client, finance):
    share = make_fee().shares.first()
    form = {"amount": "120.00", "reference": "R 1", "received_on": "2026-01-02"}
    finance()
    record = reverse("share:record", args=[share.pk])
    assert 'value="120.00"' in client.get(record).content.decode()
    client.post(record, form)
    payment = OfflinePayment.objects.get()
    confirm = reverse("offlinepayment:confirm", args=[payment.pk])
    client.post(confirm)
    assert ledger.open_amount(share).minor == 120_00
    finance()
    client.post(confirm)
    assert ledger.open_amount(share).minor == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "-1"},
        {"amount": "1.005"},
        {"received_on": "2999-01-01"},
        {"reference": ""},
        {"reference": "x" * 81},
    ],
)
def test_a_line_that_cannot_be_true_is_not_recorded(client, finance, wrong):
    share = make_fee().shares.first()
    form = {"amount": "120.00", "reference": "R 1", "received_on": "2026-01-02"}
    finance()
    answer = client.post(reverse("share:record", args=[share.pk]), form | wrong)
    assert answer.context["form"].errors
    assert not OfflinePayment.objects.exists()


def test_a_matter_is_closed_and_stands_anew_if_it_comes_back(client, finance):
    share = make_fee().shares.first()
    ask_for_transfer(share, by=payer_of(share))
    officer = finance()
    matter = Discrepancy.objects.get()
    client.post(reverse("discrepancy:resolve", args=[matter.pk]))
    matter.refresh_from_db()
    assert matter.resolved_by == officer
    ask_for_transfer(share, by=payer_of(share))
    assert Discrepancy.objects.unresolved().count() == 1


def test_who_may_not_record_a_transfer_is_turned_away(client, staff):
    share = make_fee().shares.first()
    staff("view_share", "view_ledgertransaction")
    address = reverse("share:record", args=[share.pk])
    for answer in (client.get(address), client.post(address, {"amount": "1"})):
        assert answer.status_code in (302, 403, 404)
    assert not OfflinePayment.objects.exists()


def test_a_share_is_lessened_and_that_taken_back_by_buttons(client, finance):
    share = make_fee().shares.first()
    form = {"kind": "scholarship", "amount": "20", "note": "letter 3"}
    finance()
    client.post(reverse("share:adjust", args=[share.pk]), form)
    finance()
    client.post(reverse("adjustment:approve", args=[Adjustment.objects.get().pk]))
    assert ledger.open_amount(share).minor == 100_00
    first = Adjustment.objects.get()
    client.post(reverse("adjustment:reverse", args=[first.pk]), {"note": "wrong"})
    finance()
    back = Adjustment.objects.exclude(pk=first.pk).get()
    client.post(reverse("adjustment:approve", args=[back.pk]))
    assert ledger.open_amount(share).minor == 120_00


def test_a_fee_is_voided_and_raised_anew_by_buttons(client, finance):
    make_schedule(180_00, "EUR")
    fee = make_fee()
    finance()
    client.post(reverse("fee:void", args=[fee.pk]))
    fee.refresh_from_db()
    assert fee.state == "void"
    client.post(reverse("fee:anew", args=[fee.pk]), {"currency": "EUR"})
    assert fee.venture.fees.exclude(state="void").get().currency_id == "EUR"


def test_a_matter_says_what_helps_and_has_a_button_for_it(client, finance):
    venture = make_agreed_venture()
    raise_fee(venture)
    matter = Discrepancy.objects.get()
    finance()
    remedy = reverse("discrepancy:remedy", args=[matter.pk])
    text = page(client, "discrepancy:inspect", matter.pk).content.decode()
    assert "then raise the fee" in text
    assert remedy in text
    make_schedule()
    client.post(remedy)
    matter.refresh_from_db()
    assert matter.resolved_at is not None
