import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction

from marketplace.exceptions import NotAllowed
from marketplace.money import Money
from marketplace.notices.models import Notice
from marketplace.ventures.models import JointVenture
from payments import checking, ledger
from payments.actions.adjustments import (
    approve_waiver,
    decline_waiver,
    request_waiver,
)
from payments.actions.checkout import open_attempt
from payments.actions.transfers import (
    ask_for_transfer,
    confirm_transfer,
    record_transfer,
)
from payments.exceptions import (
    AlreadyRecorded,
    AlreadySettled,
    AmountTooHigh,
    TransferPending,
    WaiverPending,
)
from payments.models import Adjustment, Discrepancy
from payments.sync import sync_attempt
from tests.factories import make_user
from tests.payments.rows import make_fee, payer_of

pytestmark = pytest.mark.django_db

FINANCE = (
    "add_adjustment",
    "change_adjustment",
    "add_offlinepayment",
    "change_offlinepayment",
)


def officer():
    """One of the finance staff."""
    user = make_user(is_staff=True)
    rights = Permission.objects.filter(
        content_type__app_label="payments", codename__in=FINANCE
    )
    user.user_permissions.set(rights)
    return user


@pytest.fixture
def share():
    return make_fee().shares.first()


def ask(share, by=None):
    return request_waiver(share, by=by or payer_of(share), because="means", note="…")


# -- waivers ------------------------------------------------------------------------


def test_a_waiver_granted_by_another_settles_the_share(share):
    approve_waiver(ask(share), by=officer())
    share.refresh_from_db()
    assert share.state == "waived"
    assert ledger.open_amount(share).minor == 0
    assert list(checking.breaches()) == []


def test_a_fee_waived_for_all_activates_the_venture(share):
    for each in share.fee.shares.all():
        approve_waiver(ask(each), by=officer())
    share.fee.venture.refresh_from_db()
    assert share.fee.venture.status == JointVenture.Status.ACTIVE


def test_nobody_grants_what_they_asked_for(share):
    staff = officer()
    request = ask(share, by=staff)
    with pytest.raises(NotAllowed):
        approve_waiver(request, by=staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.objects.update(state="approved", decided_by=staff)


def test_nobody_grants_a_waiver_to_their_own_organisation(share):
    staff = officer()
    share.party.organisation.memberships.create(user=staff, role="viewer")
    with pytest.raises(NotAllowed):
        approve_waiver(ask(share), by=staff)


def test_payers_and_partners_decide_nothing(share):
    request = ask(share)
    partner = share.fee.shares.exclude(pk=share.pk).get()
    for person in (payer_of(share), payer_of(partner)):
        with pytest.raises(NotAllowed):
            approve_waiver(request, by=person)


def test_a_partner_does_not_ask_for_another(share):
    partner = share.fee.shares.exclude(pk=share.pk).get()
    with pytest.raises(NotAllowed):
        ask(share, by=payer_of(partner))


def test_one_request_at_a_time(share):
    ask(share)
    with pytest.raises(WaiverPending):
        ask(share)


def test_a_waiver_is_decided_once(share):
    request = ask(share)
    approve_waiver(request, by=officer())
    with pytest.raises(AlreadySettled):
        approve_waiver(request, by=officer())
    assert share.postings.count() == 1


def test_a_declined_request_leaves_the_share_open_and_is_told(share):
    decline_waiver(ask(share), by=officer())
    share.refresh_from_db()
    assert share.state == "open"
    told = Notice.objects.get(kind="payments.waiver_declined")
    assert told.recipient == payer_of(share)


def test_an_open_card_page_is_closed_before_a_waiver_counts(stripe, share):
    page = open_attempt(share, by=payer_of(share))
    approve_waiver(ask(share), by=officer())
    assert stripe.payer.pay(page).status == 410
    assert share.attempts.get().state == "expired"


def test_a_share_paid_meanwhile_is_not_waived_as_well(stripe, share):
    request = ask(share)
    stripe.payer.pay(open_attempt(share, by=payer_of(share)))
    with pytest.raises(AmountTooHigh):
        approve_waiver(request, by=officer())
    share.refresh_from_db()
    request.refresh_from_db()
    assert (share.state, request.state) == ("paid", "requested")


# -- transfers ------------------------------------------------------------------------


def record(share, by=None, amount=None, reference="REF 1"):
    return record_transfer(
        share,
        amount=amount or share.due,
        reference=reference,
        received_on=share.fee.due_on,
        by=by or officer(),
    )


def test_a_transfer_counts_once_a_second_person_has_seen_it(share):
    payment = record(share)
    assert ledger.open_amount(share) == share.due
    confirm_transfer(payment, by=officer())
    share.refresh_from_db()
    assert share.state == "paid"
    assert list(checking.breaches()) == []


def test_nobody_confirms_what_they_recorded(share):
    staff = officer()
    with pytest.raises(NotAllowed):
        confirm_transfer(record(share, by=staff), by=staff)


def test_while_a_transfer_is_checked_no_card_page_opens(stripe, share):
    record(share)
    with pytest.raises(TransferPending):
        open_attempt(share, by=payer_of(share))
    assert stripe.http.calls == []


def test_dinars_are_paid_by_transfer():
    share = make_fee(240_000, "JOD").shares.first()
    confirm_transfer(record(share), by=officer())
    share.refresh_from_db()
    assert share.state == "paid"


def test_a_part_is_booked_and_the_rest_stays_open(share):
    confirm_transfer(record(share, amount=Money(20_00, "USD")), by=officer())
    share.refresh_from_db()
    assert (share.state, ledger.open_amount(share).minor) == ("part", 100_00)


def test_the_same_line_of_the_bank_is_not_used_twice(share):
    other = share.fee.shares.exclude(pk=share.pk).get()
    confirm_transfer(record(share), by=officer())
    with pytest.raises(AlreadyRecorded):
        record(other)


def test_card_and_transfer_both_count_and_too_much_is_noticed(stripe, share):
    stripe.payer.pay(open_attempt(share, by=payer_of(share)))
    attempt = share.attempts.get()
    attempt.state = "expired"  # as if we had believed that it never was paid
    attempt.save(update_fields=["state"])
    confirm_transfer(record(share), by=officer())
    sync_attempt(attempt)
    share.refresh_from_db()
    assert (share.state, share.is_overpaid) == ("paid", True)
    assert Discrepancy.objects.get().kind == "overpaid"
    assert list(checking.breaches()) == []


def test_a_wish_for_a_transfer_is_one_matter_for_finance(share):
    ask_for_transfer(share, by=payer_of(share))
    ask_for_transfer(share, by=payer_of(share))
    assert Discrepancy.objects.get().about == f"share:{share.public_id}"
