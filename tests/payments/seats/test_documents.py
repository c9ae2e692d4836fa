"""What is issued for the payments of a seat: numbered like all others, never changed."""

import pypdfium2 as pdfium
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from marketplace.money import Money
from payments import checking
from payments.actions.refunds import approve_refund, request_refund
from payments.documents import render
from payments.models import Document
from payments.seat_sync import sync_subscription
from tests.factories import make_user
from tests.payments.officers import make_officer
from tests.payments.rows import make_fee
from tests.payments.seats.seat import PRICE, make_plan, owner_of, paid_seat, take

pytestmark = pytest.mark.django_db


def issued(row):
    return list(row.documents.order_by("pk").values_list("kind", "amount_minor"))


def test_a_payment_has_an_invoice_and_a_receipt_and_its_refund_a_note(stripe, investor):
    row = paid_seat(stripe, investor)
    request = request_refund(
        row.payments.get(),
        amount=Money(PRICE, "USD"),
        because="mistake",
        by=make_officer(),
    )
    approve_refund(request, by=make_officer())
    for event in stripe.app.store.newest_first("event"):
        stripe.app.deliveries.resend(event["id"])
    stripe.deliver()
    sync_subscription(row)
    assert issued(row) == [
        ("invoice", PRICE),
        ("receipt", PRICE),
        ("credit_note", PRICE),
    ]
    invoice, *others = row.documents.order_by("pk")
    assert {each.facts["invoice"] for each in others} == {invoice.reference}
    assert list(checking.breaches()) == []


def test_numbers_go_on_from_those_of_fees(stripe, investor):
    make_fee()  # two shares, two invoices
    row = paid_seat(stripe, investor)
    numbers = dict(row.documents.values_list("kind", "number"))
    assert numbers == {"invoice": 3, "receipt": 1}


def test_a_trial_and_a_sum_nobody_agreed_to_issue_nothing(stripe, investor):
    row = take(stripe, investor, make_plan())
    assert issued(row) == []
    row.amount_minor += 1  # what Stripe takes is then no sum agreed to
    row.save()
    stripe.app.moved.move(15)
    stripe.deliver()
    assert row.payments.exists()
    assert issued(row) == []


def test_the_papers_of_a_seat_say_what_they_are_for_in_three_languages(
    stripe, investor
):
    row = paid_seat(stripe, investor)
    facts = row.documents.get(kind="invoice").facts
    for language, words in {
        "en": "Investor seat",
        "he": "מקום",
        "ar": "مقعد",
    }.items():
        page = pdfium.PdfDocument(render(facts, language))[0]
        assert words in page.get_textpage().get_text_bounded()


def test_its_own_people_find_them_and_nobody_else(client, stripe, investor):
    row = paid_seat(stripe, investor)
    document = row.documents.get(kind="receipt")
    client.force_login(owner_of(investor))
    page = client.get(reverse("payments:seats")).content.decode()
    assert document.get_absolute_url() in page
    answer = client.get(document.get_absolute_url())
    assert answer["Content-Type"] == "application/pdf"
    client.force_login(make_user())
    assert client.get(document.get_absolute_url()).status_code == 404


def test_the_database_keeps_a_document_with_its_seat(stripe, investor):
    row = paid_seat(stripe, investor)
    share = make_fee().shares.first()
    for change in ({"seat": None, "share": share}, {"seat": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Document.objects.filter(seat=row).update(**change)
