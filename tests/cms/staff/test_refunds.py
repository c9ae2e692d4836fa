"""Finance presses every button of refunds, crisis and suspension."""

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.ventures.models import JointVenture
from payments.actions.transfers import confirm_transfer, record_transfer
from payments.models import RefundRequest
from tests.payments.officers import make_officer
from tests.payments.rows import make_fee

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt():
    share = make_fee().shares.first()
    payment = record_transfer(
        share,
        amount=share.due,
        reference="R",
        received_on=timezone.localdate(),
        by=make_officer(),
    )
    confirm_transfer(payment, by=make_officer())
    return share.attempts.get()


def look(client, name, *args):
    return client.get(reverse(name, args=args))


def test_a_refund_is_asked_granted_and_recorded_by_buttons(client, finance, attempt):
    finance()
    page = look(client, "paymentattempt:inspect", attempt.pk).content.decode()
    ask = reverse("paymentattempt:refund", args=[attempt.pk])
    assert ask in page
    assert 'value="120.00"' in client.get(ask).content.decode()
    form = {"amount": "20.00", "because": "mistake", "note": ""}
    assert client.post(ask, form | {"amount": "121"}).context["form"].errors
    client.post(ask, form)
    request = RefundRequest.objects.get()
    grant = reverse("refundrequest:approve", args=[request.pk])
    assert (
        grant not in look(client, "refundrequest:inspect", request.pk).content.decode()
    )

    finance()
    assert grant in look(client, "refundrequest:inspect", request.pk).content.decode()
    client.post(grant)
    sent = reverse("refundrequest:sent", args=[request.pk])
    assert client.get(sent).status_code == 200
    client.post(sent, {"reference": "OUT 1", "sent_on": "2026-01-02"})
    request.refresh_from_db()
    assert (request.state, request.bank_reference) == ("succeeded", "OUT 1")


@pytest.mark.parametrize("name", ["paymentattempt", "refundrequest", "dispute"])
def test_the_lists_open_for_finance_and_not_for_others(client, finance, staff, name):
    finance()
    assert look(client, f"{name}:index").status_code == 200
    staff("view_sector")
    assert look(client, f"{name}:index").status_code == 302


def test_a_crisis_is_looked_at_before_it_is_asked(client, finance, staff, attempt):
    finance()
    page = reverse("crisis_refunds:index")
    assert client.get(page).status_code == 200
    form = {
        "currency": "USD",
        "paid_from": str(timezone.localdate()),
        "paid_until": str(timezone.localdate()),
        "note": "closure",
    }
    answer = client.post(page, form)
    assert answer.context["total"].minor == 120_00
    assert not RefundRequest.objects.exists()
    assert client.post(page, form | {"expected": "1"}).context["form"].errors
    client.post(page, form | {"expected": "12000"})
    request = RefundRequest.objects.get()
    assert request.batch is not None
    finance()
    client.post(reverse("refundrequest:batch", args=[request.pk]))
    request.refresh_from_db()
    assert request.state == "by_hand"
    staff("view_sector")
    assert client.get(page).status_code in (302, 403)


def test_staff_suspend_a_venture_and_let_it_go_on(client, staff, attempt):
    venture = attempt.share.fee.venture
    JointVenture.objects.filter(pk=venture.pk).update(status="active")
    staff("view_jointventure", "change_jointventure")
    for act, status in (("suspend", "suspended"), ("resume", "active")):
        address = reverse(f"jointventure:{act}", args=[venture.pk])
        page = look(client, "jointventure:inspect", venture.pk).content.decode()
        assert address in page
        client.post(address)
        venture.refresh_from_db()
        assert venture.status == status
    staff("view_jointventure")
    client.post(reverse("jointventure:suspend", args=[venture.pk]))
    venture.refresh_from_db()
    assert venture.status == "active"
