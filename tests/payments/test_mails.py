"""What people are told about money, in their own language and as discreetly as asked."""

import pytest

from marketplace.notices.letters import letter_for
from marketplace.notices.models import OutgoingMail
from marketplace.people.models import Discretion, User
from payments.actions.adjustments import decline_waiver, request_waiver
from payments.actions.checkout import open_attempt
from tests.payments.pages.test_pages import WORDS
from tests.payments.rows import make_fee, payer_of
from tests.payments.test_adjustments import officer

pytestmark = pytest.mark.django_db


def last_letter(kind):
    mail = OutgoingMail.objects.filter(notice__kind=kind).latest("pk")
    return letter_for(mail)


@pytest.fixture(params=["en", "he", "ar"])
def language(request):
    return request.param


@pytest.fixture
def share(language):
    share = make_fee().shares.last()
    payer = payer_of(share)
    User.objects.filter(pk=payer.pk).update(
        language=language, discretion=Discretion.OPEN
    )
    return share


def settled(stripe, share):
    stripe.payer.pay(open_attempt(share, by=payer_of(share)).partition("?")[0])
    stripe.deliver()


def test_a_fee_is_told_in_the_payers_language_with_the_mode_and_the_way(
    share, language
):
    letter = last_letter("payments.fee_raised")
    assert letter.language == language
    assert WORDS[language] in letter.text
    assert f"/{language}/fees/{share.public_id}/" in letter.text
    assert "Olive press" not in letter.text


def test_a_settled_share_is_told_once_however_often_it_is_heard(
    stripe, share, language
):
    settled(stripe, share)
    for event in stripe.app.store.newest_first("event"):
        if event["type"] == "checkout.session.completed":
            stripe.app.deliveries.resend(event["id"])
    stripe.deliver()
    mails = OutgoingMail.objects.filter(notice__kind="payments.share_settled")
    assert mails.count() == 1
    assert WORDS[language] in last_letter("payments.share_settled").text


def test_a_declined_waiver_says_what_can_be_done_instead(share, language):
    request = request_waiver(share, by=payer_of(share), because="means")
    decline_waiver(request, by=officer())
    letter = last_letter("payments.waiver_declined")
    assert WORDS[language] in letter.text
    assert letter.subject


def test_who_wishes_discretion_reads_nothing_of_money_outside(share):
    payer = payer_of(share)
    User.objects.filter(pk=payer.pk).update(discretion=Discretion.DISCREET)
    letter = last_letter("payments.fee_raised")
    for word in ("fee", "pay", "דמי", "رسم"):
        assert word not in letter.subject.lower()


def test_with_real_money_no_mail_speaks_of_a_sandbox(share, settings):
    settings.PAYMENTS_MODE = "stripe_live"
    assert "SANDBOX" not in last_letter("payments.fee_raised").text
