"""An investor's seat from trial to end, and a sponsor's voucher, in a browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from marketplace.mandates.permissions import may_be_told
from marketplace.organisations.models import Organisation
from payments.actions.fees import raise_fee
from payments.actions.vouchers import issue_voucher, request_voucher
from payments.checking import breaches
from tests.factories import make_member
from tests.journeys.looking import faults_of
from tests.journeys.test_money import officer, sign_in
from tests.payments.rows import (
    make_agreed_venture,
    make_schedule,
    make_verified,
    payer_of,
)
from tests.payments.seats.seat import PRICE, make_plan

ASKS_ALWAYS = "4000002760003184"
LANGUAGES = pytest.mark.parametrize("language", ["en", "he", "ar"])


def enter_card(page, number: str) -> None:
    for name, value in (("number", number), ("valid", "12/34"), ("cvc", "123")):
        page.locator(f"#{name}").fill(value)
    with page.expect_navigation():
        page.locator("form.form button[type=submit]").first.click()


def answer_bank(page, answer: str) -> None:
    with page.expect_navigation():
        page.locator(f'button[name="answer"][value="{answer}"]').click()


@LANGUAGES
def test_a_seat_from_trial_to_past_due_recovered_and_ended(
    browsers, site, development_stripe, language
):
    plan, above = make_plan(), make_plan("bigger", amount_minor=2 * PRICE)
    investor = make_verified(side="third")
    page = sign_in(browsers, site, make_member(investor), language)
    with translation.override(language):
        seats = reverse("payments:seats")
        take = reverse("payments:seat_take", args=[investor.public_id])
    page.goto(seats)
    faults = faults_of(page, f"{language}-seat-plans")
    with page.expect_navigation():
        page.locator(f'form[action="{take}"] button[value="{plan.key}"]').click()
    enter_card(page, ASKS_ALWAYS)
    answer_bank(page, "complete")
    expect(page.locator("h1")).to_be_visible()
    row = investor.subscriptions.get()
    assert row.status == "trialing"
    with translation.override(language):
        cancel, keep, card, confirm, keep_plan = (
            reverse(f"payments:seat_{name}", args=[row.public_id])
            for name in ("cancel", "keep", "card", "confirm", "keep_plan")
        )
    faults += faults_of(page, f"{language}-seat-trial")

    page.locator(f'main a[href$="?plan={above.key}"]').click()
    faults += faults_of(page, f"{language}-seat-other-plan")
    page.locator("main form button[name=mark]").click()
    row.refresh_from_db()
    assert row.plan == above

    pass_days(development_stripe, 15)
    page.goto(seats)
    expect(page.locator("main .panel .notice")).to_be_visible()
    faults += faults_of(page, f"{language}-seat-past-due")
    with page.expect_navigation():
        page.locator(f'form[action="{confirm}"] button').click()
    answer_bank(page, "complete")
    pass_days(development_stripe, 0)
    page.goto(seats)
    expect(page.locator(f'form[action="{confirm}"]')).to_have_count(0)
    row.refresh_from_db()
    assert row.status == "active"
    page.locator(f'main a[href$="?plan={plan.key}"]').click()
    faults += faults_of(page, f"{language}-seat-cheaper-plan")
    page.locator("main form button[name=mark]").click()
    faults += faults_of(page, f"{language}-seat-cheaper-later")
    page.locator(f'form[action="{keep_plan}"] button').click()
    expect(page.locator(f'form[action="{keep_plan}"]')).to_have_count(0)

    pass_days(development_stripe, 31)
    page.goto(seats)
    with page.expect_navigation():
        page.locator(f'form[action="{card}"] button').click()
    enter_card(page, "5555555555554444")
    expect(page.locator(f'form[action="{cancel}"] button')).to_be_visible()
    row.refresh_from_db()
    assert row.status == "active"
    page.locator(f'form[action="{cancel}"] button').click()
    expect(page.locator(f'form[action="{keep}"] button')).to_be_visible()
    faults += faults_of(page, f"{language}-seat-ends")
    pass_days(development_stripe, 31)
    page.goto(seats)
    expect(page.locator(f'form[action="{take}"] button').first).to_be_visible()
    row.refresh_from_db()
    assert row.status == "canceled"
    assert not may_be_told(investor)
    assert list(breaches()) == []
    assert faults == []


def pass_days(stripe, days: int) -> None:
    stripe.moved.move(days)
    assert {status for _event, status in stripe.deliver_pending()} <= {200}


@LANGUAGES
def test_a_payer_waits_for_a_check_then_redeems_a_voucher(
    browsers, site, settings, language
):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    make_schedule()
    share = raise_fee(make_agreed_venture()).shares.first()
    own = Organisation.objects.filter(pk=share.party.organisation_id)
    own.update(verified_on=timezone.localdate() - timedelta(days=400))
    page = sign_in(browsers, site, payer_of(share), language)
    with translation.override(language):
        address = share.get_absolute_url()
        ask, redeem = (
            reverse(f"payments:{name}", args=[share.public_id])
            for name in ("screening", "voucher")
        )
    page.goto(address)
    faults = faults_of(page, f"{language}-share-unchecked")
    page.locator(f'form[action="{ask}"] button').click()
    expect(page.locator(f'form[action="{ask}"]')).to_have_count(0)

    voucher = request_voucher(
        sponsor="A foundation",
        amount=share.due + share.due,
        expires_on=timezone.localdate(),
        by=officer(),
    )
    code = issue_voucher(voucher, by=officer())
    page.locator(f'main a[href="{redeem}"]').click()
    page.locator("[name=code]").fill("wrong")
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator("main [aria-invalid]")).to_be_visible()
    faults += faults_of(page, f"{language}-voucher-wrong")
    page.locator("[name=code]").fill(code.lower())
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator("#offer")).to_be_visible()
    faults += faults_of(page, f"{language}-voucher-offer")
    page.locator("main form.actions button[type=submit]").click()
    expect(page.locator(f'main a[href="{redeem}"]')).to_have_count(0)
    share.refresh_from_db()
    assert share.state == "waived"

    desk = sign_in(browsers, site, officer(), "en")
    desk.goto(reverse("income:index"))
    expect(desk.locator("svg[role=img]")).to_be_visible()
    assert faults == []
