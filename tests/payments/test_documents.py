"""Numbers without gaps, words that never change, pages that read in three languages."""

import io
import threading

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
from payments.issuing import issue_missing
from payments.models import Document, OfflinePayment, Share
from tests.payments.officers import make_lead, make_officer
from tests.payments.rows import make_fee, payer_of

pytestmark = pytest.mark.django_db


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


def test_words_whose_key_is_lost_are_named_and_stop_nothing(share):
    document = share.documents.get()
    Document.objects.filter(pk=document.pk).update(sealed_facts="gAAAAA")
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
