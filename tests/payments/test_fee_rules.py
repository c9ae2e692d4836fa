"""Sides, rules, adjustments, void fees: what a schedule says, to the last unit."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.exceptions import NotAllowed
from marketplace.money import Money
from marketplace.notices.models import Notice
from payments import checking, ledger
from payments.actions.adjustments import (
    approve_waiver,
    request_adjustment,
    request_reversal,
    request_waiver,
)
from payments.actions.checkout import open_attempt
from payments.actions.fees import raise_fee, raise_fee_anew, void_fee
from payments.actions.transfers import confirm_transfer, record_transfer
from payments.exceptions import (
    AboveLimit,
    AlreadyDecided,
    AlreadyPaid,
    AlreadySettled,
    AmountTooHigh,
    NoSchedule,
    WaiverPending,
)
from payments.models import Adjustment, Currency
from payments.reminding import remind_payers
from tests.payments.officers import make_lead, make_officer
from tests.payments.rows import (
    make_agreed_venture,
    make_fee,
    make_schedule,
    payer_of,
)

pytestmark = pytest.mark.django_db


def transfer(share, minor):
    payment = record_transfer(
        share,
        amount=Money(minor, share.currency_id),
        reference=f"R{share.pk}-{minor}",
        received_on=timezone.localdate(),
        by=make_officer(),
    )
    confirm_transfer(payment, by=make_officer())
    share.refresh_from_db()


def lessen(share, minor, kind="waiver", by=None):
    return request_adjustment(
        share,
        kind=kind,
        amount=Money(minor, share.currency_id),
        note="evidence 12",
        by=by or make_officer(),
    )


# -- sides and rules ------------------------------------------------------------------


def adjusted(il, ps, third=0):
    schedule = make_schedule(0, mode="adjusted")
    for side, minor in (("il", il), ("ps", ps), ("third", third)):
        schedule.lines.create(side=side, amount_minor=minor)
    return schedule


def test_each_side_pays_its_own_line_and_the_fee_is_their_sum():
    adjusted(150_00, 90_00)
    fee = raise_fee(make_agreed_venture())
    assert [share.due_minor for share in fee.shares.order_by("pk")] == [15000, 9000]
    assert fee.total == Money(240_00, "USD")
    assert list(checking.breaches()) == []


def test_a_side_that_pays_nothing_is_settled_and_the_other_still_decides():
    adjusted(150_00, 0)
    fee = raise_fee(make_agreed_venture())
    paying, free = fee.shares.order_by("pk")
    assert (paying.state, free.state) == ("open", "waived")
    assert fee.state == "issued"
    transfer(paying, 150_00)
    fee.refresh_from_db()
    assert fee.state == "settled"
    assert list(checking.breaches()) == []


def test_a_first_venture_is_waived_by_rule_and_by_nobody():
    make_schedule(240_00, waiver_rule="first", waiver_percent=25)
    fee = raise_fee(make_agreed_venture())
    for share in fee.shares.all():
        adjustment = share.adjustments.get()
        assert (adjustment.rule, adjustment.amount_minor) == ("first", 30_00)
        assert (adjustment.requested_by, adjustment.decided_by) == (None, None)
        assert ledger.open_amount(share) == Money(90_00, "USD")
    assert list(checking.breaches()) == []


def test_a_second_venture_of_the_same_organisation_is_not_waived():
    make_schedule(240_00, waiver_rule="first")
    fee = raise_fee(make_agreed_venture())
    fee.refresh_from_db()
    assert fee.state == "settled"  # both waived whole
    again = make_agreed_venture()
    first = fee.shares.first().party.organisation
    again.parties.filter(pk=again.parties.first().pk).update(organisation=first)
    second = raise_fee(again)
    open_now = {ledger.open_amount(share).minor for share in second.shares.all()}
    assert open_now == {0, 120_00}


def test_the_database_demands_two_persons_or_a_rule():
    share = make_fee().shares.first()
    row = {"share": share, "currency_id": "USD", "amount_minor": 1, "reason": "other"}
    officer = make_officer()
    for wrong in (
        {"state": "approved"},
        {"state": "requested", "rule": "first"},
        {"state": "requested"},
        {"state": "approved", "rule": "first", "requested_by": officer},
        {"state": "approved", "requested_by": officer, "decided_by": officer},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Adjustment.objects.create(**row, **wrong)


# -- two persons, within limits -------------------------------------------------------


def test_a_part_is_lessened_by_two_persons_within_the_limit():
    share = make_fee().shares.first()
    request = lessen(share, 40_00, "scholarship")
    Currency.objects.filter(code="USD").update(officer_limit_minor=39_99)
    with pytest.raises(AboveLimit):
        approve_waiver(request, by=make_officer())
    approve_waiver(request, by=make_lead())
    assert ledger.open_amount(share) == Money(80_00, "USD")
    assert list(checking.breaches()) == []


@pytest.mark.parametrize("minor", [0, 120_01])
def test_nothing_and_too_much_are_refused(minor):
    with pytest.raises(AmountTooHigh):
        lessen(make_fee().shares.first(), minor)


def test_a_correction_lessens_the_income_itself():
    share = make_fee().shares.first()
    approve_waiver(lessen(share, 20_00, "correction"), by=make_officer())
    assert ledger.sums_by_share(share.fee)[share.pk] == {
        "fee_income": 20_00,
        "receivable": -20_00,
    }
    assert ledger.open_amount(share) == Money(100_00, "USD")


def test_what_was_granted_is_taken_back_once_and_the_payer_told():
    share = make_fee().shares.first()
    granted = approve_waiver(lessen(share, 120_00), by=make_officer())
    request = request_reversal(granted, note="wrong", by=make_officer())
    with pytest.raises(WaiverPending):
        request_reversal(granted, note="wrong", by=make_officer())
    back = approve_waiver(request, by=make_officer())
    share.refresh_from_db()
    assert (share.state, ledger.open_amount(share)) == ("open", share.due)
    assert Notice.objects.filter(kind="payments.share_reopened").count() == 1
    with pytest.raises(AlreadyDecided):
        request_reversal(back, note="again", by=make_officer())
    assert list(checking.breaches()) == []


def test_payers_do_not_lessen_their_own_share():
    share = make_fee().shares.first()
    with pytest.raises(NotAllowed):
        lessen(share, 1_00, by=payer_of(share))


# -- void and anew --------------------------------------------------------------------


def test_a_fee_is_void_and_raised_anew_in_another_currency():
    make_schedule(180_00, "EUR")
    fee = make_fee()
    approve_waiver(lessen(fee.shares.first(), 20_00), by=make_officer())
    lead = make_lead()
    void_fee(fee, by=lead)
    fee.refresh_from_db()
    assert fee.state == "void"
    assert not any(amount.minor for amount in ledger.left_by(fee).values())
    with pytest.raises(NoSchedule):
        raise_fee_anew(fee, currency="ILS", by=lead)
    anew = raise_fee_anew(fee, currency="EUR", by=lead)
    assert (anew.currency_id, anew.venture) == ("EUR", fee.venture)
    assert list(checking.breaches()) == []


def test_a_void_fee_is_neither_payable_nor_shown_nor_voided_twice(stripe):
    fee = make_fee()
    share = fee.shares.first()
    page = open_attempt(share, by=payer_of(share))
    void_fee(fee, by=make_lead())
    void_fee(fee, by=make_lead())
    assert stripe.payer.pay(page).status == 410
    assert fee.postings.filter(key__startswith="void:").count() == 1
    share = type(share).objects.get(pk=share.pk)
    with pytest.raises(AlreadySettled):
        open_attempt(share, by=payer_of(share))
    with pytest.raises(AlreadySettled):
        request_waiver(share, by=payer_of(share), because="means")
    assert remind_payers(on=fee.due_on) == 0


def test_a_fee_that_somebody_paid_is_not_void():
    fee = make_fee()
    transfer(fee.shares.first(), 1_00)
    with pytest.raises(AlreadyPaid):
        void_fee(fee, by=make_lead())


def test_only_a_lead_voids():
    fee = make_fee()
    for person in (make_officer(), payer_of(fee.shares.first())):
        with pytest.raises(NotAllowed):
            void_fee(fee, by=person)
        with pytest.raises(NotAllowed):
            raise_fee_anew(fee, currency="USD", by=person)
