"""Two of finance at their desks: a voucher, cash, the books of a month."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cms.site_setup.staff import FINANCE_LEAD
from payments.actions.fees import raise_fee
from payments.checking import breaches
from payments.models import MonthClose, OfflinePayment, RefundRequest, Voucher
from tests.factories import make_organisation
from tests.journeys.test_money import officer, press, sign_in
from tests.payments.rows import make_agreed_venture, make_schedule

DAY = timezone.localdate


@pytest.fixture
def desks(browsers, site, desk) -> tuple[Page, Page]:
    """Whoever asks and records, and whoever decides and confirms."""
    return (
        sign_in(browsers, site, officer()),
        sign_in(browsers, site, officer(FINANCE_LEAD)),
    )


def fill(page: Page, **words: str) -> None:
    """Fill these fields and send the form."""
    for name, word in words.items():
        field = page.locator(f"main [name={name}]")
        if field.evaluate("field => field.localName") == "select":
            field.select_option(word)
        else:
            field.fill(word)
    with page.expect_navigation():
        page.locator("main button[type=submit]").last.click()


def follow(page: Page, name: str, *args: object) -> None:
    with page.expect_navigation():
        page.locator(f'a[href="{reverse(name, args=args)}"]').first.click()


def test_a_voucher_is_asked_for_by_one_and_issued_by_another(desks):
    one, other = desks
    one.goto(reverse("voucher_request:index"))
    until = f"{DAY() + timedelta(days=60):%Y-%m-%d}"
    fill(one, sponsor="A foundation", currency="USD", amount="120", expires_on=until)
    voucher = Voucher.objects.get()
    assert voucher.state == "requested"
    other.goto(reverse("voucher:inspect", args=[voucher.pk]))
    follow(other, "voucher:issue", voucher.pk)
    with other.expect_navigation():
        other.locator("main button[type=submit]").last.click()
    expect(other.locator("main")).to_contain_text("never again")
    voucher.refresh_from_db()
    assert voucher.state == "issued"


def test_cash_is_recorded_confirmed_and_found_again_behind_the_books_and_sent_back(
    desks,
):
    one, other = desks
    make_schedule(2400_00)
    share = raise_fee(make_agreed_venture()).shares.first()
    taker = make_organisation(verification_state="verified")
    one.goto(reverse("share:inspect", args=[share.pk]))
    follow(one, "share:cash", share.pk)
    fill(one, taken_by=str(taker.pk), reference="R 7", received_on=f"{DAY():%Y-%m-%d}")
    payment = OfflinePayment.objects.get()
    other.goto(reverse("offlinepayment:inspect", args=[payment.pk]))
    with other.expect_navigation():
        press(other, "offlinepayment:confirm", payment.pk)
    share.refresh_from_db()
    assert share.state == "paid"

    other.goto(reverse("journal:index"))
    with other.expect_navigation():
        other.locator('main a[href*="account=bank_clearing"]').click()
    expect(other.locator("main")).to_contain_text("bank, clearing 1200.00 USD")
    other.goto(f"{reverse('journal:index')}?month=2020-01")
    with other.expect_navigation():
        other.locator("main button[name=month]").click()
    expect(other.locator("main")).to_contain_text("Closed on")
    assert MonthClose.objects.get().month.year == 2020

    one.goto(reverse("crisis_refunds:index"))
    today = f"{DAY():%Y-%m-%d}"
    words = {"paid_from": today, "paid_until": today, "note": "The crossing is closed"}
    fill(one, currency="USD", **words)
    expect(one.locator("main")).to_contain_text("1,200.00")
    assert not RefundRequest.objects.exists()
    with one.expect_navigation():
        one.locator("main form#request button").click()
    request = RefundRequest.objects.get()
    other.goto(reverse("refundrequest:inspect", args=[request.pk]))
    with other.expect_navigation():
        press(other, "refundrequest:approve", request.pk)
    request.refresh_from_db()
    assert request.decided_by is not None
    assert list(breaches()) == []
