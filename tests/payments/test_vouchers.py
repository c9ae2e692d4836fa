"""Vouchers of sponsors: two persons, one code, one redemption, nothing guessed."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from marketplace.exceptions import NotAllowed
from marketplace.money import Money
from marketplace.ventures.models import JointVenture
from payments import checking, ledger
from payments.actions.adjustments import approve_waiver, request_reversal
from payments.actions.checkout import open_attempt
from payments.actions.vouchers import (
    decline_voucher,
    issue_voucher,
    offer_of,
    withdraw_voucher,
)
from payments.adjustment_forms import BY_HAND
from payments.exceptions import (
    AboveLimit,
    AlreadyDecided,
    AlreadySettled,
    NotPayableAmount,
    OfferChanged,
    TransferPending,
    VoucherNotUsable,
)
from payments.models import Adjustment, Voucher
from payments.voucher_codes import hash_of, new_code
from tests.payments.officers import make_lead, make_officer
from tests.payments.rows import OFFICER_LIMIT, make_fee, payer_of
from tests.payments.test_adjustments import record
from tests.payments.vouchers import ask, issue, page, redeem

pytestmark = pytest.mark.django_db


@pytest.fixture
def share():
    return make_fee().shares.first()


@pytest.fixture(autouse=True)
def _untried():
    caches["limits"].clear()


# -- two persons, one code --------------------------------------------------------------


def test_only_a_hash_of_the_code_is_kept_and_the_log_does_not_know_it():
    code = issue()
    voucher = Voucher.objects.get()
    assert voucher.code_hash == hash_of(code)
    kept = [str(value) for value in Voucher.objects.values_list().get()]
    logged = [f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all()]
    for text in [*kept, *logged]:
        assert code not in text
        assert code.replace("-", "") not in text


def test_codes_are_read_as_people_write_them():
    code = new_code()
    assert hash_of(f" {code.lower().replace('-', ' ')} ") == hash_of(code)
    assert hash_of(new_code()) != hash_of(code)


def test_nobody_issues_what_they_asked_for():
    officer = make_officer()
    voucher = ask(by=officer)
    for act in (issue_voucher, decline_voucher):
        with pytest.raises(NotAllowed):
            act(voucher, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.update(
            state="issued", decided_by=officer, code_hash=hash_of("x")
        )


def test_an_issued_voucher_without_a_code_cannot_stand_in_the_database():
    voucher = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk).update(
            state="issued", decided_by=make_officer()
        )


def test_above_the_limit_the_lead_issues_it():
    voucher = ask(OFFICER_LIMIT + 1)
    with pytest.raises(AboveLimit):
        issue_voucher(voucher, by=make_officer())
    assert issue_voucher(voucher, by=make_lead())


def test_it_is_decided_once():
    voucher = ask()
    decline_voucher(voucher, by=make_officer())
    with pytest.raises(AlreadyDecided):
        issue_voucher(voucher, by=make_officer())


def test_members_neither_ask_for_nor_withdraw_vouchers(share):
    voucher = ask()
    issue_voucher(voucher, by=make_officer())
    with pytest.raises(NotAllowed):
        ask(by=payer_of(share))
    with pytest.raises(NotAllowed):
        withdraw_voucher(voucher, by=payer_of(share))


@pytest.mark.parametrize(("minor", "currency"), [(0, "USD"), (1_001, "JOD")])
def test_an_amount_that_nobody_can_pay_is_refused(minor, currency):
    with pytest.raises(NotPayableAmount):
        ask(minor, currency)


# -- redeeming ----------------------------------------------------------------------------


def test_a_voucher_lessens_the_share_once_and_is_booked(share):
    code = issue()
    adjustment = redeem(share, code)
    assert ledger.open_amount(share) == Money(70_00, "USD")
    assert (adjustment.kind, adjustment.state) == ("voucher", "approved")
    assert Voucher.objects.get().adjustment == adjustment
    with pytest.raises(VoucherNotUsable):
        redeem(share, code)
    partner = share.fee.shares.exclude(pk=share.pk).get()
    with pytest.raises(VoucherNotUsable):
        redeem(partner, code)
    assert Adjustment.objects.count() == 1
    assert list(checking.breaches()) == []


def test_vouchers_for_all_partners_activate_the_venture(share):
    for each in share.fee.shares.all():
        redeem(each, issue(120_00), 120_00)
    share.fee.venture.refresh_from_db()
    assert share.fee.venture.status == JointVenture.Status.ACTIVE


def test_a_larger_voucher_gives_what_is_open_and_says_so_before(share):
    code = issue(500_00)
    offer = offer_of(share, code, by=payer_of(share))
    assert (offer.gives, offer.lost) == (Money(120_00, "USD"), Money(380_00, "USD"))
    assert not Adjustment.objects.exists()
    redeem(share, code, 120_00)
    share.refresh_from_db()
    assert (share.state, share.is_overpaid) == ("waived", False)


def test_what_was_said_before_is_what_is_given_or_nothing(share):
    code = issue(500_00)
    redeem(share, issue(20_00), 20_00)
    with pytest.raises(OfferChanged):
        redeem(share, code, 120_00)
    redeem(share, code, 100_00)
    assert ledger.open_amount(share).minor == 0


def test_a_settled_share_takes_no_voucher(share):
    redeem(share, issue(120_00), 120_00)
    code = issue()
    with pytest.raises(AlreadySettled):
        redeem(share, code)
    assert Voucher.objects.filter(state="issued").count() == 1


def test_while_a_transfer_is_checked_nothing_is_redeemed(share):
    code = issue()
    record(share)
    with pytest.raises(TransferPending):
        redeem(share, code)
    assert Voucher.objects.get().state == "issued"


def test_an_open_card_page_is_closed_first_and_a_wrong_code_closes_none(stripe, share):
    card = open_attempt(share, by=payer_of(share))
    with pytest.raises(VoucherNotUsable):
        redeem(share, new_code())
    assert share.attempts.get().state == "open"
    redeem(share, issue())
    assert stripe.payer.pay(card).status == 410
    assert share.attempts.get().state == "expired"


def test_who_paid_meanwhile_keeps_the_voucher(stripe, share):
    code = issue()
    stripe.payer.pay(open_attempt(share, by=payer_of(share)))
    with pytest.raises((AlreadySettled, OfferChanged)):
        redeem(share, code)
    assert Voucher.objects.get().state == "issued"


def wrong_codes(share, settings):
    expired = issue(days=0)
    yield "misspelt", new_code()
    yield "used", _used()
    withdrawn = issue()
    withdraw_voucher(Voucher.objects.latest("pk"), by=make_officer())
    yield "withdrawn", withdrawn
    yield "another currency", issue(1_000, "JOD")
    own = make_officer()
    code = issue_voucher(ask(), by=own)
    share.party.organisation.memberships.create(user=own, role="viewer")
    yield "issued by one's own", code
    settings.PAYMENTS_MODE = "stripe_test"
    yield "of another kind of money", issue()
    settings.PAYMENTS_MODE = "sandbox"
    Voucher.objects.filter(code_hash=hash_of(expired)).update(
        expires_on=timezone.localdate() - timedelta(1)
    )
    yield "expired", expired


def _used():
    other = make_fee().shares.first()
    code = issue()
    redeem(other, code)
    return code


def test_every_code_that_gives_nothing_gets_one_and_the_same_answer(
    client, share, settings
):
    client.force_login(payer_of(share))
    answers = {}
    for name, code in wrong_codes(share, settings):
        answer = client.post(page(share), {"code": code})
        assert answer.status_code == 422, name
        errors = answer.context["form"].errors
        answers[name] = str(errors)
    assert len(answers) == 7
    assert len(set(answers.values())) == 1, answers
    assert ledger.open_amount(share) == share.due


def test_on_its_last_day_it_still_counts(share):
    assert redeem(share, issue(days=0))


def test_what_was_given_can_be_taken_back_by_two_persons(share):
    adjustment = redeem(share, issue())
    back = request_reversal(adjustment, note="Wrong venture", by=make_officer())
    approve_waiver(back, by=make_officer())
    assert ledger.open_amount(share) == share.due
    assert list(checking.breaches()) == []


def test_finance_enters_no_voucher_by_hand():
    assert "voucher" not in dict(BY_HAND)
    assert len(BY_HAND) == len(Adjustment.Kind.choices) - 1
