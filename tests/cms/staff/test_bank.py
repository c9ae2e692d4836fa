"""Finance imports a file of the bank and works its lines off with buttons."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from payments.actions.transfers import ask_for_transfer
from payments.models import BankLine, OfflinePayment
from payments.references import spoken
from tests.factories import make_organisation
from tests.payments.rows import make_fee, payer_of

pytestmark = pytest.mark.django_db
IMPORT = "bank_import:index"


def upload(*lines):
    text = "\n".join(["Date,Amount,Currency,Details", *lines])
    file = SimpleUploadedFile("bank.csv", text.encode(), "text/csv")
    return {"currency": "USD", "statement": file}


def test_a_file_is_imported_and_its_lines_matched_or_discarded(client, finance):
    share = make_fee().shares.first()
    share = ask_for_transfer(share, by=payer_of(share))
    finance()
    assert client.get(reverse(IMPORT)).status_code == 200
    lines = ("2026-11-02,120.00,USD,no reference", "2026-11-02,3,USD,rent")
    assert client.post(reverse(IMPORT), upload(*lines)).status_code == 302
    assert client.post(reverse(IMPORT), upload(*lines)).context["form"].errors
    ours, rent = BankLine.objects.order_by("number")
    page = client.get(reverse("bankline:inspect", args=[ours.pk])).content.decode()
    match = reverse("bankline:match", args=[ours.pk])
    assert match in page
    assert client.post(match, {"reference": "GJ-AAAA-AAAB"}).context["form"].errors
    client.post(match, {"reference": spoken(share.reference)})
    client.post(reverse("bankline:discard", args=[rent.pk]))
    states = list(BankLine.objects.order_by("number").values_list("state", flat=True))
    assert states == ["matched", "discarded"]
    payment = OfflinePayment.objects.get()
    finance()
    client.post(reverse("offlinepayment:confirm", args=[payment.pk]))
    share.refresh_from_db()
    assert share.state == "paid"


def test_other_staff_import_nothing(client, staff):
    staff("view_sector")
    assert client.get(reverse(IMPORT)).status_code in (302, 403)


def test_cash_is_recorded_by_a_form(client, finance):
    share = make_fee().shares.first()
    desk = make_organisation(verification_state="verified")
    finance()
    form = {"amount": "50", "reference": "7", "received_on": "2026-01-02"}
    address = reverse("share:cash", args=[share.pk])
    assert client.post(address, form).context["form"].errors
    client.post(address, form | {"taken_by": desk.pk})
    payment = OfflinePayment.objects.get()
    assert (payment.taken_by, payment.attempt.amount_minor) == (desk, 50_00)
    finance()
    client.post(reverse("offlinepayment:reject", args=[payment.pk]))
    assert share.attempts.live().count() == 0
