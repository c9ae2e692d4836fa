"""What goes back: a waiver, a refund that fails later, a dispute lost and one won."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from cms.site_setup.staff import FINANCE_LEAD
from payments.actions.checkout import open_attempt
from payments.actions.fees import raise_fee
from payments.checking import breaches
from payments.models import Adjustment, Discrepancy, Dispute, RefundRequest
from payments.sandbox import bank
from tests.journeys.looking import faults_of
from tests.journeys.test_money import LANGUAGES, officer, press, sign_in
from tests.payments.rows import make_agreed_venture, make_schedule, payer_of
from tests.payments.wsgi_http_client import BASE_URL, Payer


def at_the_bank(stripe, action: str, kind: str) -> None:
    thing = stripe.store.newest_first(kind)[0]
    bank.act(stripe.moment(), action, thing["id"])
    deliver(stripe)


def deliver(stripe) -> None:
    assert {status for _event, status in stripe.deliver_pending()} <= {200}


def pay_by_card(stripe, share) -> None:
    page = urlsplit(open_attempt(share, by=payer_of(share))).path
    assert Payer(stripe).pay(BASE_URL + page).status == 303
    deliver(stripe)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_waiver_a_refund_that_fails_and_two_disputes(
    browsers, site, development_stripe, desk, language
):
    make_schedule()
    waived, paid = raise_fee(make_agreed_venture()).shares.all()
    payer = payer_of(waived)
    payer.language = language
    payer.save()
    page = sign_in(browsers, site, payer, language)
    with translation.override(language):
        ask = reverse("payments:waiver", args=[waived.public_id])
        own = waived.get_absolute_url()
    page.goto(ask)
    faults = faults_of(page, f"{language}-waiver")
    page.locator("[name=because]").first.check()
    page.locator("main form.form button[type=submit]").last.click()
    one = sign_in(browsers, site, officer())
    two = sign_in(browsers, site, officer(FINANCE_LEAD))
    waiver = Adjustment.objects.get()
    one.goto(reverse("adjustment:inspect", args=[waiver.pk]))
    press(one, "adjustment:approve", waiver.pk)
    one.wait_for_load_state()
    page.goto(own)
    faults += faults_of(page, f"{language}-share-waived")
    waived.refresh_from_db()
    assert waived.state == "waived"

    pay_by_card(development_stripe, paid)
    attempt = paid.attempts.get()
    one.goto(reverse("paymentattempt:refund", args=[attempt.pk]))
    one.locator("[name=amount]").fill("50")
    one.locator("main button[type=submit]").last.click()
    one.wait_for_load_state()
    request = RefundRequest.objects.get()
    two.goto(reverse("refundrequest:inspect", args=[request.pk]))
    press(two, "refundrequest:approve", request.pk)
    two.wait_for_load_state()
    at_the_bank(development_stripe, "fail", "refund")
    request.refresh_from_db()
    assert request.state == "failed"
    close_matter(one, "refund_failed")

    other = raise_fee(make_agreed_venture()).shares.first()
    for share, outcome, state in ((paid, "win", "paid"), (other, "lose", "reopened")):
        if share is other:
            pay_by_card(development_stripe, share)
        at_the_bank(development_stripe, "dispute", "charge")
        dispute = Dispute.objects.latest("pk")
        two.goto(reverse("dispute:inspect", args=[dispute.pk]))
        expect(two.locator("main")).to_contain_text(dispute.dispute_id)
        at_the_bank(development_stripe, outcome, "dispute")
        share.refresh_from_db()
        assert share.state == state
        close_matter(two, "disputed")
    two.goto(reverse("journal:index"))
    expect(two.locator("main")).to_contain_text("120.00")
    assert list(breaches()) == []
    assert faults == []


def close_matter(page, kind: str) -> None:
    matter = Discrepancy.objects.unresolved().get(kind=kind)
    page.goto(reverse("discrepancy:inspect", args=[matter.pk]))
    press(page, "discrepancy:resolve", matter.pk)
    page.wait_for_load_state()
    matter.refresh_from_db()
    assert matter.resolved_at is not None
