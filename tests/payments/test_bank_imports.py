"""A bank file finds the shares it pays, books nothing, and comes only once."""

from unittest.mock import Mock

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.exceptions import MoveNotAllowed, NotAllowed
from marketplace.money import Money
from payments import checking, ledger
from payments.actions import bank_imports
from payments.actions.bank_imports import discard_line, import_statement, match_line
from payments.actions.checkout import open_attempt
from payments.actions.transfers import (
    ask_for_transfer,
    confirm_transfer,
    record_cash,
    reject_transfer,
)
from payments.exceptions import (
    AlreadyImported,
    AlreadyRecorded,
    AlreadySettled,
    LineNotUsable,
    StatementUnreadable,
    TransferPending,
)
from payments.models import BankLine, Discrepancy, OfflinePayment
from payments.references import spoken
from payments.reminding import remind_payers
from tests.factories import make_organisation
from tests.payments.officers import make_officer
from tests.payments.rows import make_fee, payer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(settings):
    settings.PROGRAMME_BANK = {"USD": {"holder": "H", "bank": "B", "iban": "I"}}
    share = make_fee().shares.first()
    return ask_for_transfer(share, by=payer_of(share))


def paid_by(share, amount="120.00", text=""):
    return f"2026-11-02,{amount},USD,{text or spoken(share.reference)}"


def bring(*lines, by=None):
    content = "\n".join(["Date,Amount,Currency,Details", *lines, ""]).encode()
    return import_statement(content, currency="USD", by=by or make_officer())


def confirm_last():
    return confirm_transfer(OfflinePayment.objects.latest("pk"), by=make_officer())


def states():
    rows = BankLine.objects.order_by("source", "number")
    return list(rows.values_list("state", flat=True))


def test_a_line_with_a_reference_is_recorded_and_settles_once_confirmed(share):
    importer = make_officer()
    bring(paid_by(share), by=importer)
    line = BankLine.objects.get()
    assert (line.state, line.share, line.was_mended) == ("matched", share, False)
    assert ledger.open_amount(share) == share.due
    with pytest.raises(NotAllowed):
        confirm_transfer(OfflinePayment.objects.get(), by=importer)
    confirm_last()
    share.refresh_from_db()
    assert share.state == "paid"
    assert list(checking.breaches()) == []


def test_one_wrong_sign_is_mended_and_said(share):
    other = "2" if share.reference[3] != "2" else "3"
    wrong = share.reference[:3] + other + share.reference[4:]
    bring(paid_by(share, text=f"GJ {wrong}"))
    line = BankLine.objects.get()
    assert (line.state, line.was_mended) == ("matched", True)


def test_the_same_file_comes_once_and_the_same_line_in_two_files_once(share):
    bring(paid_by(share))
    with pytest.raises(AlreadyImported):
        bring(paid_by(share))
    bring(paid_by(share), "2026-11-03,7.00,USD,rent")
    assert BankLine.objects.count() == 2
    assert OfflinePayment.objects.count() == 1


def test_a_file_that_was_broken_off_comes_again_and_goes_on(share, monkeypatch):
    lines = ("2026-11-03,7.00,USD,rent", paid_by(share))
    with monkeypatch.context() as broken:
        broken.setattr(bank_imports, "_match_by_reference", Mock(side_effect=OSError))
        with pytest.raises(OSError):
            bring(*lines)
    assert states() == ["imported"]
    bring(*lines)
    assert states() == ["no_match", "matched"]
    with pytest.raises(AlreadyImported):
        bring(*lines)


def test_of_two_equal_transfers_of_one_day_the_second_waits(share):
    bring(paid_by(share), paid_by(share))
    assert states() == ["matched", "no_match"]
    assert OfflinePayment.objects.count() == 1


def test_broken_and_foreign_lines_wait_for_a_person(share):
    bring("not a day,1,USD,x", "2026-11-02,5,USD,rent", paid_by(share))
    assert states() == ["invalid", "no_match", "matched"]
    broken, foreign, matched = BankLine.objects.order_by("number")
    discard_line(broken, by=make_officer())
    discard_line(foreign, by=make_officer())
    with pytest.raises(MoveNotAllowed):
        discard_line(matched, by=make_officer())
    with pytest.raises(LineNotUsable):
        match_line(broken, share=share, by=make_officer())


def test_a_line_for_a_settled_share_is_said_so_and_matched_by_a_person(share):
    bring(paid_by(share))
    confirm_last()
    bring(paid_by(share, "119.00"))
    line = BankLine.objects.latest("pk")
    assert line.state == "already_paid"
    match_line(line, share=share, by=make_officer())
    confirm_last()
    share.refresh_from_db()
    assert (share.state, share.is_overpaid) == ("paid", True)
    assert Discrepancy.objects.filter(kind="overpaid").count() == 1


def test_too_little_leaves_a_part_open(share):
    bring(paid_by(share, "100.00"))
    confirm_last()
    assert ledger.open_amount(share) == Money(20_00, "USD")


def test_an_open_card_page_is_closed_before_a_line_counts(stripe, share):
    page = open_attempt(share, by=payer_of(share)).partition("?")[0]
    bring(paid_by(share))
    assert stripe.payer.pay(page).status == 410
    assert states() == ["matched"]


def test_a_line_in_another_currency_finds_no_share(share):
    bring(paid_by(share).replace("USD", "EUR"))
    assert states() == ["no_match"]


def test_what_is_no_statement_is_refused_and_others_import_nothing(share):
    with pytest.raises(StatementUnreadable):
        import_statement(b"PK\x03\x04", currency="USD", by=make_officer())
    with pytest.raises(NotAllowed):
        bring(paid_by(share), by=payer_of(share))


def test_money_that_a_second_person_does_not_find_frees_the_share(share):
    bring(paid_by(share))
    payment = OfflinePayment.objects.get()
    with pytest.raises(NotAllowed):
        reject_transfer(payment, by=payment.recorded_by)
    reject_transfer(payment, by=make_officer())
    assert share.attempts.live().count() == 0
    with pytest.raises(MoveNotAllowed):
        confirm_transfer(payment, by=make_officer())
    assert ledger.open_amount(share) == share.due


def test_asking_twice_keeps_the_reference_and_a_settled_share_gets_none(share):
    assert ask_for_transfer(share, by=payer_of(share)).reference == share.reference
    assert not Discrepancy.objects.exists()
    bring(paid_by(share))
    confirm_last()
    with pytest.raises(AlreadySettled):
        ask_for_transfer(share, by=payer_of(share))


# -- cash -----------------------------------------------------------------------------


def cash(share, taken_by):
    return record_cash(
        share,
        amount=share.due,
        reference="RCPT 7",
        received_on=timezone.localdate(),
        taken_by=taken_by,
        by=make_officer(),
    )


def test_cash_at_a_partners_desk_counts_once_another_confirms(share):
    desk = make_organisation(verification_state="verified")
    payment = cash(share, desk)
    assert (payment.taken_by, payment.attempt.method) == (desk, "cash")
    confirm_last()
    share.refresh_from_db()
    assert share.state == "paid"
    assert share.documents.get(kind="receipt").facts["way"] == "cash"
    with pytest.raises(AlreadyRecorded):
        cash(share.fee.shares.exclude(pk=share.pk).get(), desk)


def test_while_cash_is_checked_the_payer_is_neither_asked_nor_reminded(share, client):
    cash(share, make_organisation(verification_state="verified"))
    assert remind_payers(on=share.fee.due_on) == 1  # the partner alone
    client.force_login(payer_of(share))
    text = client.get(share.get_absolute_url()).content.decode()
    assert "by transfer or in cash, is being checked" in text
    assert reverse("payments:pay", args=[share.public_id]) not in text


def test_while_cash_is_checked_no_card_page_is_opened_for_it(share):
    cash(share, make_organisation(verification_state="verified"))
    with pytest.raises(TransferPending):
        open_attempt(share, by=payer_of(share))
    attempt = share.attempts.get()
    assert (attempt.method, attempt.state) == ("cash", "open")
    assert not attempt.checkout_url


def test_nobody_takes_cash_for_their_own_share_or_unverified(share):
    own = share.party.organisation
    own.verification_state = "verified"
    own.save()
    for desk in (own, make_organisation()):
        with pytest.raises(NotAllowed):
            cash(share, desk)
