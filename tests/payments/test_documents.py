"""Numbers without gaps, words that never change, pages that read in three languages."""

import io
import threading
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from marketplace.people.sealing import seal
from payments import checking
from payments.actions.adjustments import approve_waiver, request_waiver
from payments.actions.checkout import open_attempt
from payments.actions.fees import void_fee
from payments.actions.refunds import approve_refund, request_refund
from payments.actions.transfers import confirm_transfer, record_transfer
from payments.documents import _drawn, render
from payments.issuing import issue_missing
from payments.models import Document, OfflinePayment, Share
from tests.payments.officers import make_lead, make_officer
from tests.payments.rows import make_fee, payer_of

pytestmark = pytest.mark.django_db

SAMPLE = {
    "reference": "SANDBOX-R-2026-00012",
    "kind": "receipt",
    "mode": "sandbox",
    "amount_minor": 12_340_50,
    "currency": "USD",
    "due_on": "2026-12-25",
    "occurred_on": "2026-11-25",
    "issued_on": "2026-11-26",
    "way": "bank_transfer",
    "invoice": "SANDBOX-I-2026-00003",
    "fee": "f",
    "payer": "Olive Mill Ltd",
    "payer_registration": "51-234567-8",
    "issuer": {
        "name": "Gesher · Jisr",
        "address": "",
        "dealer_number": "512345678",
        "vat_number": "",
    },
    "vat_percent": 0,
}


@pytest.fixture
def share():
    return make_fee().shares.first()


def record(share):
    return record_transfer(
        share,
        amount=share.due,
        reference=f"R{share.pk}",
        received_on=timezone.localdate(),
        by=make_officer(),
    )


def pay_by_bank(share):
    confirm_transfer(record(share), by=make_officer())


def issued(share):
    return list(share.documents.order_by("pk").values_list("kind", "amount_minor"))


# -- what is issued -------------------------------------------------------------------


def test_each_fact_of_a_share_issues_its_document_once(stripe, share):
    stripe.payer.pay(open_attempt(share, by=payer_of(share)).partition("?")[0])
    stripe.deliver()
    attempt = share.attempts.get()
    request = request_refund(
        attempt, amount=attempt.amount, because="mistake", by=make_officer()
    )
    approve_refund(request, by=make_officer())
    for event in stripe.app.store.newest_first("event"):
        stripe.app.deliveries.resend(event["id"])
    stripe.deliver()
    assert issued(share) == [
        ("invoice", 120_00),
        ("receipt", 120_00),
        ("credit_note", 120_00),
    ]
    assert list(checking.breaches()) == []


def test_a_waiver_is_a_letter_and_a_void_fee_takes_its_invoice_back(share):
    other = share.fee.shares.exclude(pk=share.pk).get()
    request = request_waiver(share, by=payer_of(share), because="means")
    approve_waiver(request, by=make_officer())
    void_fee(share.fee, by=make_lead())
    assert issued(share) == [
        ("invoice", 120_00),
        ("waiver", 120_00),
        ("credit_note", 120_00),
    ]
    assert issued(other) == [("invoice", 120_00), ("credit_note", 120_00)]


def test_numbers_run_by_kind_and_year_and_say_that_no_money_moved(share):
    pay_by_bank(share)
    year = timezone.localdate().year
    assert list(
        Document.objects.order_by("pk").values_list("reference", flat=True)
    ) == [
        f"SANDBOX-I-{year}-00001",
        f"SANDBOX-I-{year}-00002",
        f"SANDBOX-R-{year}-00001",
    ]


def test_a_number_is_not_used_up_by_what_is_rolled_back(share):
    payment, officer = record(share), make_officer()
    with transaction.atomic():
        confirm_transfer(payment, by=officer)
        assert Document.objects.get(kind="receipt").number == 1
        transaction.set_rollback(True)
    assert not Document.objects.filter(kind="receipt").exists()
    confirm_transfer(OfflinePayment.objects.get(), by=officer)
    assert Document.objects.get(kind="receipt").number == 1


def test_asking_again_issues_nothing(share):
    pay_by_bank(share)
    issue_missing(Share.objects.locked(share.pk))
    assert len(issued(share)) == 2


def test_the_database_lets_nothing_issued_change_or_go(share):
    document = share.documents.get()
    for change in ({"amount_minor": 1}, {"reference": "X"}, {"number": 9}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        document.delete()


def test_keys_may_be_changed_and_words_may_not(share):
    document = share.documents.get()
    same = seal_again(document, {})
    Document.objects.filter(pk=document.pk).update(sealed_facts=same)
    assert list(checking.breaches()) == []
    other = seal_again(document, {"payer": "Somebody else"})
    Document.objects.filter(pk=document.pk).update(sealed_facts=other)
    (breach,) = checking.breaches()
    assert document.reference in breach


def seal_again(document, changes):
    document.facts = document.facts | changes
    assert document.sealed_facts != seal("")
    return document.sealed_facts


def test_a_gap_is_noticed(share):
    series = share.documents.get().series
    series.last_number += 1
    series.save()
    (breach,) = checking.breaches()
    assert "gaps" in breach


def test_the_legal_name_is_frozen_and_lies_sealed(share):
    document = share.documents.get()
    name = share.party.organisation.legal_name
    assert document.facts["payer"] == name
    assert name not in document.sealed_facts
    organisation = share.party.organisation
    organisation.legal_name = "Renamed Ltd"
    organisation.save()
    assert Document.objects.get(pk=document.pk).facts["payer"] == name


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_leave_no_gap():
    shares = [share for _ in range(4) for share in make_fee().shares.all()]
    payments = [
        record_transfer(
            share,
            amount=share.due,
            reference=f"R{share.pk}",
            received_on=timezone.localdate(),
            by=make_officer(),
        )
        for share in shares
    ]
    officer = make_officer()
    barrier = threading.Barrier(len(payments))

    def confirm(payment):
        try:
            barrier.wait()
            confirm_transfer(payment, by=officer)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=(each,)) for each in payments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = Document.objects.filter(kind="receipt").values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 9))
    assert list(checking.breaches()) == []


# -- what the page says ---------------------------------------------------------------


def page_of(pdf):
    return pdfium.PdfDocument(pdf)[0]


def text_of(pdf):
    return page_of(pdf).get_textpage().get_text_bounded()


TITLES = {"en": "Receipt", "he": "קבלה", "ar": "إيصال"}
PAYERS = {"en": "Olive Mill Ltd", "he": "בית הבד בע״מ", "ar": "شركة معصرة الزيتون"}


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_a_document_can_be_read_out_in_its_language(language):
    pdf = render(SAMPLE | {"payer": PAYERS[language]}, language)
    text = text_of(pdf)
    for words in (
        TITLES[language],
        PAYERS[language],
        "SANDBOX-R-2026-00012",
        "12,340.50",
        "USD",
    ):
        assert words in text
    assert text.count("SANDBOX") >= 3  # the mark, the number, the invoice's number


def test_with_real_money_no_document_speaks_of_a_sandbox():
    facts = {"mode": "stripe_live", "reference": "R-2026-00012", "invoice": ""}
    assert "SANDBOX" not in text_of(render(SAMPLE | facts, "en"))


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_every_font_is_inside_the_file(language):
    pdf = render(SAMPLE | {"payer": "بيت בית House"}, language)
    assert pdf.count(b"/FontFile2") >= 3
    assert b"/Helvetica" not in pdf


def ink(pdf):
    """(share of dark pixels left of the middle, right of it) where the title stands."""
    image = page_of(pdf).render(scale=1).to_pil().convert("L")
    half = image.width // 2
    sides = (image.crop((0, 112, half, 140)), image.crop((half, 112, 2 * half, 140)))
    return tuple(sum(side.point(lambda p: p < 128).tobytes()) for side in sides)


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_the_title_stands_where_the_language_begins(language):
    facts = {"mode": "stripe_live", "kind": "waiver"}
    left, right = ink(render(SAMPLE | facts, language))
    assert (left > right) == (language == "en")


def test_arabic_letters_are_joined_and_not_isolated():
    """Joined letters leave fewer separate shapes than letters standing alone."""
    joined = render(SAMPLE | {"payer": "محمد"}, "ar")
    apart = render(SAMPLE | {"payer": "م\u200cح\u200cم\u200cد"}, "ar")
    assert columns(joined) < columns(apart)


def columns(pdf):
    """How many separate dark runs the payer's row has from left to right."""
    image = page_of(pdf).render(scale=3).to_pil().convert("L")
    strip = image.crop((60 * 3, 225 * 3, 300 * 3, 262 * 3))
    dark = [
        min(strip.crop((x, 0, x + 1, strip.height)).tobytes()) < 128
        for x in range(strip.width)
    ]
    return sum(1 for before, now in pairwise(dark) if now > before)


def test_the_same_facts_give_the_same_file():
    first = render(SAMPLE, "he")
    _drawn.cache_clear()
    assert render(SAMPLE, "he") == first


def test_tax_fields_are_shown_where_they_are_given():
    text = text_of(render(SAMPLE | {"vat_percent": 17}, "en"))
    assert "10,547.44 USD" in text
    assert "1,793.06 USD" in text
    assert "Dealer number: 512345678" in text
    assert "VAT" not in text_of(render(SAMPLE, "en"))


# -- who gets it ----------------------------------------------------------------------


def test_a_payer_finds_the_documents_in_three_languages(client, share):
    client.force_login(payer_of(share))
    page = client.get(share.get_absolute_url()).content.decode()
    document = share.documents.get()
    for language in ("en", "he", "ar"):
        with translation.override(language):
            address = reverse("payments:document", args=[document.public_id])
        assert address in page
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].endswith(f'-{language}.pdf"')
        assert "no-store" in answer["Cache-Control"]
        assert pdfium.PdfDocument(io.BytesIO(answer.content).getvalue())


def test_a_partner_does_not(client, share):
    partner = share.fee.shares.exclude(pk=share.pk).get()
    client.force_login(payer_of(partner))
    document = share.documents.get()
    assert client.get(document.get_absolute_url()).status_code == 404
