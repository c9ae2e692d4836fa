"""Vouchers of sponsors: two persons, one code, one redemption, nothing guessed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
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
    redeem_voucher,
    request_voucher,
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
from tests.factories import make_user
from tests.payments.officers import make_lead, make_officer
from tests.payments.rows import OFFICER_LIMIT, make_currencies, make_fee, payer_of
from tests.payments.test_adjustments import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def share():
    return make_fee().shares.first()


@pytest.fixture(autouse=True)
def _untried():
    caches["limits"].clear()


def ask(minor=50_00, currency="USD", by=None, days=30):
    make_currencies()
    return request_voucher(
        sponsor="A foundation",
        amount=Money(minor, currency),
        expires_on=timezone.localdate() + timedelta(days),
        by=by or make_officer(),
    )


def issue(minor=50_00, currency="USD", **more):
    return issue_voucher(ask(minor, currency, **more), by=make_officer())


def redeem(share, code, minor=50_00):
    gives = Money(minor, share.currency_id)
    return redeem_voucher(share, code, gives=gives, by=payer_of(share))


def page(share, language="en"):
    with translation.override(language):
        return reverse("payments:voucher", args=[share.public_id])


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


# -- pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_a_partner_sees_what_it_gives_then_redeems_it(client, share, language):
    client.force_login(payer_of(share))
    code = issue(500_00)
    answer = client.post(page(share, language), {"code": code.lower()})
    assert "380.00" in answer.content.decode()
    assert not Adjustment.objects.exists()
    words = {"code": code, "gives": answer.context["offer"].gives.minor}
    answer = client.post(page(share, language), words)
    assert answer.status_code == 302
    share.refresh_from_db()
    assert share.state == "waived"


def test_the_partner_reads_settled_and_never_voucher(client, share):
    redeem(share, issue(120_00), 120_00)
    partner = share.fee.shares.exclude(pk=share.pk).get()
    client.force_login(payer_of(partner))
    answer = client.get(reverse("payments:fees"))
    (own,) = answer.context["shares"]
    (other,) = own.partners
    assert other.is_settled
    assert other.__slots__ == ("name", "is_settled")
    assert "A foundation" not in answer.content.decode()


def test_after_ten_tries_one_has_to_wait(client, share):
    client.force_login(payer_of(share))
    for _ in range(10):
        answer = client.post(page(share), {"code": new_code()})
        assert "Too many tries" not in answer.content.decode()
    code = issue()
    answer = client.post(page(share), {"code": code})
    assert answer.status_code == 422
    assert "Too many tries" in answer.content.decode()


def test_a_partners_voucher_page_answers_like_none(client, share):
    partner = share.fee.shares.exclude(pk=share.pk).get()
    client.force_login(payer_of(share))
    assert client.get(page(partner)).status_code == 404
    assert client.post(page(partner), {"code": issue()}).status_code == 404


def sign_in_officer(client):
    user = make_officer()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return user


def test_staff_ask_issue_and_see_the_code_once(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    make_currencies()
    sign_in_officer(client)
    words = {
        "sponsor": "A foundation",
        "currency": "USD",
        "amount": "50.00",
        "expires_on": timezone.localdate().isoformat(),
    }
    assert client.get(reverse("voucher_request:index")).status_code == 200
    client.post(reverse("voucher_request:index"), words)
    voucher = Voucher.objects.get()
    issue_page = reverse("voucher:issue", args=[voucher.pk])
    assert client.post(issue_page).status_code in (302, 403)
    assert Voucher.objects.get().state == "requested"
    sign_in_officer(client)
    assert "Issue it" in client.get(issue_page).content.decode()
    answer = client.post(issue_page)
    assert "no-store" in answer["Cache-Control"]
    code = answer.context["code"]
    assert hash_of(code) == Voucher.objects.get().code_hash
    for again in (
        client.get(reverse("voucher:inspect", args=[voucher.pk])),
        client.get(reverse("voucher:index")),
    ):
        assert code not in again.content.decode()
    assert client.post(issue_page).status_code in (302, 403)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "1.005"},
        {"expires_on": "2020-01-01"},
        {"expires_on": "2999-01-01"},
        {"sponsor": ""},
        {"currency": "XXX"},
    ],
)
def test_a_request_that_cannot_be_is_refused(client, settings, wrong):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    make_currencies()
    sign_in_officer(client)
    words = {
        "sponsor": "A foundation",
        "currency": "USD",
        "amount": "50.00",
        "expires_on": timezone.localdate().isoformat(),
    }
    answer = client.post(reverse("voucher_request:index"), words | wrong)
    assert answer.status_code == 200
    assert not Voucher.objects.exists()


def test_other_staff_have_no_page_of_vouchers(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for name in ("voucher_request:index", "voucher:index"):
        assert client.get(reverse(name)).status_code in (302, 403)
