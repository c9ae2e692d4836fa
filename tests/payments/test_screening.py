"""No payment opens before people have looked at an organisation's registration."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone, translation

from cms.staff.work import heaps_for
from marketplace.exceptions import NotAllowed
from marketplace.notices.models import Notice
from marketplace.organisations.actions import (
    ask_verification_again,
    verify_organisation,
)
from marketplace.organisations.models import Organisation
from payments.actions.checkout import open_attempt
from payments.actions.fees import raise_fee
from payments.actions.screening import ask_for_screening
from payments.actions.transfers import ask_for_transfer, confirm_transfer
from payments.exceptions import ScreeningNeeded
from payments.models import Discrepancy, PaymentAttempt
from payments.reminding import remind_payers
from payments.screening import is_screened
from tests.factories import make_organisation, make_user
from tests.payments.rows import make_agreed_venture, make_fee, make_schedule, payer_of
from tests.payments.test_adjustments import officer, record

pytestmark = pytest.mark.django_db
BUTTON = {
    "en": "Ask the staff to check",
    "he": "בקשת בדיקה מהצוות",
    "ar": "طلب الفحص من الفريق",
}


@pytest.fixture
def share():
    return make_fee().shares.first()


def make_stale(share, days: int = 366) -> None:
    Organisation.objects.filter(pk=share.party.organisation_id).update(
        verified_on=timezone.localdate() - timedelta(days)
    )
    share.party.organisation.refresh_from_db()


def reviewer():
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="verify_organisation"))
    return user


def decide(share, state="verified", because="register_checked"):
    organisation = share.party.organisation
    verify_organisation(organisation, state=state, because=because, by=reviewer())


def address(name, share, language="en"):
    with translation.override(language):
        return reverse(f"payments:{name}", args=[share.public_id])


@pytest.mark.parametrize(("days", "fresh"), [(0, True), (365, True), (366, False)])
def test_a_verification_is_fresh_for_a_year(share, days, fresh):
    make_stale(share, days)
    assert is_screened(share.party.organisation) is fresh


@pytest.mark.parametrize("state", sorted(set(Organisation.Verification) - {"verified"}))
def test_no_other_state_lets_pay_even_with_a_date(state):
    organisation = make_organisation(
        verification_state=state, verified_on=timezone.localdate()
    )
    assert not is_screened(organisation)


def test_the_site_says_how_long_a_verification_counts(share, settings):
    settings.VERIFICATION_FRESH_DAYS = 30
    make_stale(share, 31)
    assert not is_screened(share.party.organisation)


def test_no_attempt_opens_and_stripe_is_not_asked(stripe, share):
    make_stale(share)
    with pytest.raises(ScreeningNeeded):
        open_attempt(share, by=payer_of(share))
    assert not PaymentAttempt.objects.exists()
    assert stripe.http.calls == []


def test_a_page_that_is_open_already_is_not_handed_out_again(stripe, share):
    open_attempt(share, by=payer_of(share))
    make_stale(share)
    with pytest.raises(ScreeningNeeded):
        open_attempt(share, by=payer_of(share))


def test_no_reference_is_given_for_a_transfer(share, client, settings):
    settings.PROGRAMME_BANK = {"USD": {"holder": "H", "bank": "B", "iban": "I"}}
    ask_for_transfer(share, by=payer_of(share))
    make_stale(share)
    client.force_login(payer_of(share))
    assert client.get(address("transfer", share)).status_code == 302
    other = make_fee().shares.first()
    make_stale(other)
    with pytest.raises(ScreeningNeeded):
        ask_for_transfer(other, by=payer_of(other))
    other.refresh_from_db()
    assert other.reference is None


def test_money_that_arrived_all_the_same_is_booked(share):
    make_stale(share)
    confirm_transfer(record(share), by=officer())
    share.refresh_from_db()
    assert share.state == "paid"


def test_a_renewed_check_opens_the_way(stripe, share):
    make_stale(share)
    ask_for_screening(share, by=payer_of(share))
    decide(share)
    assert open_attempt(share, by=payer_of(share))
    assert not Discrepancy.objects.unresolved().exists()
    assert Notice.objects.filter(
        recipient=payer_of(share), kind="organisations.verified_register_checked"
    ).exists()


def test_a_refusal_ends_the_waiting_too_and_its_people_may_ask_again(share):
    ask = ask_for_screening
    make_stale(share)
    ask(share, by=payer_of(share))
    decide(share, "expired", "check_too_old")
    assert not Discrepancy.objects.unresolved().exists()
    ask_verification_again(share.party.organisation, by=payer_of(share))
    ask(share, by=payer_of(share))
    ask(share, by=payer_of(share))
    assert Discrepancy.objects.unresolved().get().kind == "screening"


def test_that_its_people_mend_something_does_not_end_the_waiting(share):
    make_stale(share)
    decide(share, "expired", "out_of_date")
    ask_for_screening(share, by=payer_of(share))
    ask_verification_again(share.party.organisation, by=payer_of(share))
    assert Discrepancy.objects.unresolved().count() == 1


def test_a_decision_about_one_organisation_leaves_the_others_waiting(share):
    partner = share.fee.shares.exclude(pk=share.pk).get()
    for each in (share, partner):
        make_stale(each)
        ask_for_screening(each, by=payer_of(each))
    decide(share)
    assert str(partner.public_id) in Discrepancy.objects.unresolved().get().about


def test_asking_without_need_leaves_no_matter(share):
    ask_for_screening(share, by=payer_of(share))
    assert not Discrepancy.objects.exists()


def test_only_its_own_people_ask(share):
    partner = share.fee.shares.exclude(pk=share.pk).get()
    make_stale(share)
    for person in (payer_of(partner), officer()):
        with pytest.raises(NotAllowed):
            ask_for_screening(share, by=person)


def test_a_fee_that_is_raised_puts_unchecked_partners_on_the_list():
    make_schedule()
    venture = make_agreed_venture()
    party = venture.parties.first()
    Organisation.objects.filter(pk=party.organisation_id).update(
        verification_state="pending", verified_on=None
    )
    fee = raise_fee(venture)
    share = fee.shares.get(party=party)
    matter = Discrepancy.objects.get(kind="screening")
    assert matter.about == f"share:{share.public_id}"


def test_who_waits_for_a_check_is_not_reminded(share):
    make_stale(share)
    ask_for_screening(share, by=payer_of(share))
    assert remind_payers(on=share.fee.due_on) == 1  # the partner alone


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_the_page_says_it_where_the_button_would_be(client, share, language):
    client.force_login(payer_of(share))
    page = address("share", share, language)
    assert address("pay", share, language) in client.get(page).content.decode()
    make_stale(share)
    text = client.get(page).content.decode()
    assert BUTTON[language] in text
    assert address("screening", share, language) in text
    for way in ("pay", "transfer"):
        assert address(way, share, language) not in text
    assert address("waiver", share, language) in text
    client.post(address("screening", share, language))
    assert BUTTON[language] not in client.get(page).content.decode()


def test_every_side_and_origin_reads_the_same_words(client):
    shares = make_fee(ownership=(4000, 3000, 3000)).shares.all()
    texts = set()
    for share in shares:
        make_stale(share)
        client.force_login(payer_of(share))
        page = client.get(address("share", share)).content.decode()
        texts.add(page.partition('id="before"')[2].partition("<form")[0])
    assert len(texts) == 1
    assert "programme" in texts.pop()


def test_who_verifies_sees_the_organisation_and_nothing_of_the_money(share):
    make_stale(share)
    ask_for_screening(share, by=payer_of(share))
    user = reviewer()
    heaps = {str(heap.title): heap.lines for heap in heaps_for(user)}
    (line,) = heaps["Payments that wait for a verification"]
    assert line.label == str(share.party.organisation)
    assert "Payments that do not agree" not in heaps
    decide(share)
    heaps = {str(heap.title): heap.lines for heap in heaps_for(user)}
    assert heaps["Payments that wait for a verification"] == []
