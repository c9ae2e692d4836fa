"""Every matter says what helps; where a button can help, it does."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.ventures.models import JointVenture
from payments import reconciling
from payments.actions.checkout import open_attempt
from payments.actions.fees import raise_fee
from payments.actions.remedies import ACTS, WORDS, apply_remedy, has_act, remedy_of
from payments.matters import note
from payments.models import Currency, Discrepancy, Share, StripeEvent
from tests.payments.officers import make_officer
from tests.payments.rows import (
    make_agreed_venture,
    make_fee,
    make_schedule,
    payer_of,
)

pytestmark = pytest.mark.django_db
Kind = Discrepancy.Kind


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_every_kind_says_what_to_do_in_every_language(language):
    assert set(WORDS) == set(Kind)
    with translation.override(language):
        words = [remedy_of(Discrepancy(kind=kind)) for kind in Kind]
    assert all(words)


def test_a_fee_that_waited_for_a_schedule_is_raised():
    venture = make_agreed_venture()
    raise_fee(venture)
    matter = Discrepancy.objects.get(kind=Kind.NO_SCHEDULE)
    with pytest.raises(DomainError):
        apply_remedy(matter, by=make_officer())
    matter.refresh_from_db()
    assert matter.resolved_at is None
    make_schedule()
    officer = make_officer()
    apply_remedy(matter, by=officer)
    matter.refresh_from_db()
    assert matter.resolved_by == officer
    assert venture.fees.count() == 1


def test_a_venture_that_did_not_start_is_activated():
    venture = make_agreed_venture()
    matter = note(Kind.NOT_ACTIVATED, f"venture:{venture.public_id}")
    apply_remedy(matter, by=make_officer())
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.ACTIVE


def test_a_wrong_state_is_read_from_the_postings_again():
    share = make_fee().shares.first()
    Share.objects.filter(pk=share.pk).update(state="paid")
    apply_remedy(
        note(Kind.CACHE_DIFFERS, f"share:{share.public_id}"), by=make_officer()
    )
    share.refresh_from_db()
    assert share.state == "open"


def test_a_failed_event_is_worked_off_again():
    event = StripeEvent.objects.create(
        event_id="evt_1",
        type="refund.updated",
        object_kind="refund",
        object_id="re_1",
        created_at="2026-01-01T00:00:00Z",
        state="failed",
        tries=8,
    )
    apply_remedy(note(Kind.UNKNOWN_OBJECT, "evt_1"), by=make_officer())
    event.refresh_from_db()
    assert (event.state, event.tries) == ("new", 0)


def test_only_where_a_button_helps_there_is_one():
    for kind in Kind:
        about = "evt_1" if kind == Kind.UNKNOWN_OBJECT else "x:1"
        assert has_act(Discrepancy(kind=kind, about=about)) == (kind in ACTS)
    assert not has_act(Discrepancy(kind=Kind.UNKNOWN_OBJECT, about="cs_test_1"))


def test_others_remedy_nothing():
    share = make_fee().shares.first()
    matter = note(Kind.CACHE_DIFFERS, f"share:{share.public_id}")
    with pytest.raises(NotAllowed):
        apply_remedy(matter, by=payer_of(share))


# -- reconciliation -------------------------------------------------------------------


def reconcile():
    call_command("reconcile_payments", verbosity=0)


def test_books_that_agree_reconcile_in_silence(stripe):
    share = make_fee().shares.first()
    stripe.payer.pay(open_attempt(share, by=payer_of(share)).partition("?")[0])
    stripe.deliver()
    reconcile()
    assert not Discrepancy.objects.exists()


def test_a_payment_stripe_does_not_know_is_a_matter(stripe):
    share = make_fee().shares.first()
    stripe.payer.pay(open_attempt(share, by=payer_of(share)).partition("?")[0])
    stripe.deliver()
    intent_id = share.attempts.get().intent_id
    stripe.app.store.run("DELETE FROM objects WHERE id = ?", intent_id)
    with pytest.raises(CommandError):
        reconcile()
    assert Discrepancy.objects.get().kind == Kind.NO_REMOTE


def test_a_lost_event_is_made_up_for(stripe):
    share = make_fee().shares.first()
    stripe.payer.pay(open_attempt(share, by=payer_of(share)).partition("?")[0])
    reconcile()
    share.refresh_from_db()
    assert share.state == "paid"


def test_a_broken_rule_is_a_matter_and_an_exit_code(stripe):
    share = make_fee().shares.first()
    Share.objects.filter(pk=share.pk).update(is_overpaid=True)
    with pytest.raises(CommandError):
        reconcile()
    assert Discrepancy.objects.get().kind == Kind.RULE_BROKEN
    assert list(reconciling.note_breaches())
    assert Discrepancy.objects.count() == 1


def test_dinars_by_card_on_an_account_that_cannot_are_refused(stripe):
    make_fee()
    call_command("check_payments", verbosity=0)
    Currency.objects.filter(code="JOD").update(card_enabled=True)
    with pytest.raises(CommandError):
        call_command("check_payments", verbosity=0)
