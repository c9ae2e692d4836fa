"""Signing up by the link in the mail, a second factor, a passkey, the settings."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import Page

from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind, register
from marketplace.people.models import User
from tests.factories import make_user
from tests.journeys.looking import faults_of

LANGUAGES = ("en", "he", "ar")
PASSWORD = "correct horse"  # what the factory gives everybody
NEW_PASSWORD = "olive trees and stone"
VIRTUAL_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NEWS = register(NoticeKind("news", "journeys", "News of %(title)s.", "News."))


@pytest.fixture(autouse=True)
def by_the_outbox(settings):
    settings.EMAIL_BACKEND = "marketplace.notices.backends.OutboxBackend"


def make_member(language: str) -> User:
    user = make_user(language=language)
    EmailAddress.objects.create(
        user=user, email=user.email, primary=True, verified=True
    )
    return user


def send(page: Page) -> None:
    """Press the button of the form, and wait for the page that answers."""
    with page.expect_navigation():
        page.locator("main .btn--primary").click()


def log_in(page: Page, user: User) -> None:
    there = f"/{user.language}/settings/"
    page.goto(f"/{user.language}/accounts/login/?next={there}")
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    send(page)
    page.wait_for_url(f"**{there}")


def say_it_is_me(page: Page) -> None:
    page.fill("#id_password", PASSWORD)
    send(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_becomes_a_member_by_the_link_in_the_mail(site, browsers, language):
    page = browsers.open(site, language)
    page.goto(f"/{language}/accounts/signup/")
    page.fill("#id_email", "new@else.example")
    page.fill("#id_password1", NEW_PASSWORD)
    page.fill("#id_password2", NEW_PASSWORD)
    send(page)
    page.wait_for_url("**/confirm-email/")
    assert faults_of(page, f"{language}-mail-sent") == []
    (letter,) = mail.outbox
    page.goto(re.search(r"^http\S+$", letter.body, re.MULTILINE)[0])
    assert faults_of(page, f"{language}-confirm") == []
    send(page)
    page.goto(f"/{language}/accounts/login/?next=/{language}/settings/")
    page.fill("#id_login", "new@else.example")
    page.fill("#id_password", NEW_PASSWORD)
    send(page)
    page.wait_for_url(f"**/{language}/settings/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_an_account_bar_nobody(site, browsers, language):
    member = make_member(language)
    for title in ("Oil", "Stone"):
        notify(member, NEWS, title=title)
    page = browsers.open(site, language)
    log_in(page, member)
    for path in ("settings", "notices", "accounts/2fa", "accounts/email"):
        page.goto(f"/{language}/{path}/")
        name = f"{language}-{path.replace('/', '-')}"
        assert faults_of(page, name) == []
    page.goto(f"/{language}/accounts/2fa/totp/activate/")
    assert faults_of(page, f"{language}-is-it-you") == []
    say_it_is_me(page)
    page.wait_for_selector(".qr")
    assert faults_of(page, f"{language}-app") == []


def test_errors_in_the_settings_are_beside_their_fields_and_bar_nobody(site, browsers):
    page = browsers.open(site, "ar")
    log_in(page, make_member("ar"))
    page.fill("#id_phone", "call me")
    send(page)
    assert page.locator("#id_phone").get_attribute("aria-invalid") == "true"
    assert page.locator("#id_phone").input_value() == "call me"
    assert faults_of(page, "ar-settings-errors") == []
    complaints = browsers.take_complaints()
    assert all("422" in complaint for complaint in complaints), complaints


def test_a_passkey_is_added_and_then_signs_in_alone_and_as_a_second_factor(
    site, browsers
):
    member = make_member("ar")
    page = browsers.open(site, "ar")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})
    log_in(page, member)
    page.goto("/ar/accounts/2fa/webauthn/add/")
    say_it_is_me(page)
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    assert faults_of(page, "ar-codes") == []
    page.goto("/ar/accounts/2fa/webauthn/")
    assert faults_of(page, "ar-keys") == []

    page.goto("/ar/accounts/logout/")
    send(page)
    page.goto("/ar/accounts/login/?next=/ar/settings/")
    page.click("#passkey_login")
    page.wait_for_url(f"{site}/ar/settings/")

    page.goto("/ar/accounts/logout/")
    send(page)
    page.goto("/ar/accounts/login/?next=/ar/settings/")
    page.fill("#id_login", member.email)
    page.fill("#id_password", PASSWORD)
    send(page)
    page.wait_for_url("**/2fa/authenticate/")
    assert faults_of(page, "ar-second-factor") == []
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(f"{site}/ar/settings/")


def test_the_switch_of_a_member_keeps_the_language(site, browsers):
    member = make_member("en")
    page = browsers.open(site, "en")
    log_in(page, member)
    page.locator(".langs button[value=he]").click()
    page.wait_for_url("**/he/settings/")
    member.refresh_from_db()
    assert member.language == "he"


def test_back_after_logging_out_shows_nothing_of_the_member(site, browsers):
    member = make_member("en")
    page = browsers.open(site, "en")
    log_in(page, member)
    page.goto("/en/accounts/logout/")
    send(page)
    page.go_back()
    page.go_back()
    assert member.email not in page.content()
