"""A payer and two of finance, each pressing what their pages show."""

import os
import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from cms.site_setup.staff import FINANCE, FINANCE_LEAD
from payments.actions.fees import raise_fee
from payments.checking import breaches
from payments.models import Document, OfflinePayment, RefundRequest, Share
from payments.references import spoken
from tests.factories import make_user
from tests.journeys.looking import faults_of
from tests.payments.rows import make_agreed_venture, make_schedule, payer_of

LANGUAGES = ("en", "he", "ar") if os.environ.get("LOOK_AT") == "all" else ("ar",)


def sign_in(browsers, site: str, user, language: str = "en") -> Page:
    """A browser of this person; how one signs in is another journey's story."""
    client = Client()
    client.force_login(user)
    page = browsers.open(site, language)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies(
        [{"name": "sessionid", "value": cookie.value, "url": site}]
    )
    return page


def officer(group: str = FINANCE):
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=FINANCE), Group.objects.get(name=group))
    return user


def press(page: Page, name: str, *args: object) -> None:
    """The button that leads to this address, wherever on the page it stands."""
    address = reverse(name, args=args)
    page.locator(f'form[action="{address}"] button').first.click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_transfer_is_imported_confirmed_and_partly_sent_back(
    browsers, site, desk, language, tmp_path
):
    make_schedule(2400_00, most_instalments=3, instalment_over_minor=100_00)
    share = raise_fee(make_agreed_venture()).shares.first()
    payer = payer_of(share)
    payer.language = language
    payer.save()
    page = sign_in(browsers, site, payer, language)
    with translation.override(language):
        own = share.get_absolute_url()
        divide, transfer = (
            reverse(f"payments:{name}", args=[share.public_id])
            for name in ("divide", "transfer")
        )
        refund = reverse("payments:refund", args=[share.public_id])
    page.goto(own)
    page.locator(f'form[action="{divide}"] button[value="3"]').click()
    faults = faults_of(page, f"{language}-share-divided")
    page.locator(f'form[action="{divide}"] button[value="1"]').click()
    page.locator(f'form[action="{transfer}"] button').click()
    expect(page).to_have_url(re.compile(re.escape(transfer)))
    share.refresh_from_db()
    expect(page.locator("main")).to_contain_text(spoken(share.reference))
    faults += faults_of(page, f"{language}-transfer")

    statement = tmp_path / "bank.csv"
    row = f"2026-11-02,1200.00,USD,{spoken(share.reference)}"
    statement.write_text(f"Date,Amount,Currency,Details\n{row}\n")
    first, second = officer(), officer(FINANCE_LEAD)
    desk_one, desk_two = sign_in(browsers, site, first), sign_in(browsers, site, second)
    desk_one.goto(reverse("bank_import:index"))
    desk_one.locator("[name=currency]").select_option("USD")
    desk_one.locator("[name=statement]").set_input_files(statement)
    desk_one.locator("main button[type=submit]").last.click()
    expect(desk_one.locator("main")).to_contain_text(spoken(share.reference))
    payment = OfflinePayment.objects.get()
    desk_two.goto(reverse("offlinepayment:inspect", args=[payment.pk]))
    press(desk_two, "offlinepayment:confirm", payment.pk)
    desk_two.wait_for_load_state()
    share.refresh_from_db()
    assert share.state == "paid"

    page.goto(own)
    with page.expect_download() as download:
        page.locator(f'a[hreflang="{language}"][download]').first.click()
    assert download.value.suggested_filename.endswith(f"-{language}.pdf")
    page.locator(f'form[action="{refund}"] button').click()
    faults += faults_of(page, f"{language}-share-settled")

    desk_one.goto(reverse("paymentattempt:inspect", args=[payment.attempt_id]))
    desk_one.locator(
        f'a[href="{reverse("paymentattempt:refund", args=[payment.attempt_id])}"]'
    ).click()
    desk_one.locator("[name=amount]").fill("200")
    desk_one.locator("main button[type=submit]").last.click()
    desk_one.wait_for_load_state()
    request = RefundRequest.objects.get()
    desk_two.goto(reverse("refundrequest:inspect", args=[request.pk]))
    press(desk_two, "refundrequest:approve", request.pk)
    desk_two.locator(
        f'a[href="{reverse("refundrequest:sent", args=[request.pk])}"]'
    ).click()
    desk_two.locator("[name=reference]").fill("OUT 1")
    desk_two.locator("[name=sent_on]").fill("2026-01-02")
    desk_two.locator("main button[type=submit]").last.click()
    desk_two.wait_for_load_state()
    share = Share.objects.get(pk=share.pk)
    assert share.state == "reopened"
    kinds = Document.objects.filter(share=share).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "invoice",
        "receipt",
        "credit_note",
    ]
    desk_two.goto(reverse("journal:index"))
    expect(desk_two.locator("main")).to_contain_text("1,200.00")
    assert list(breaches()) == []
    assert faults == []
