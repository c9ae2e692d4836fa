"""Mails of signing up and in: the reader's language, no name of the site outside."""

import re

import pytest
from allauth.account.adapter import get_adapter
from django.core.cache import cache

from tests.factories import make_user

from .doors import log_in, make_member

pytestmark = pytest.mark.django_db
PASSWORDS = dict.fromkeys(("password1", "password2"), "olive-trees-and-stone")


@pytest.fixture
def sent(settings, mailoutbox, django_capture_on_commit_callbacks):
    """What leaves the house during one act, by the outbox."""
    settings.EMAIL_BACKEND = "marketplace.notices.backends.OutboxBackend"
    cache.clear()

    def during(act):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return list(mailoutbox)

    return during


def link_in(message):
    return re.search(r"^https?://[^/]+(/\S+)$", message.body, re.MULTILINE)[1]


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_signing_up_is_confirmed_by_a_link_in_the_language_of_the_page(
    client, sent, language
):
    words = {"email": "new@else.example", **PASSWORDS}
    mails = sent(lambda: client.post(f"/{language}/accounts/signup/", words))
    (mail,) = mails
    assert mail.to == ["new@else.example"]
    assert mail.extra_headers["Content-Language"] == language
    link = link_in(mail)
    assert link.startswith(f"/{language}/accounts/confirm-email/")
    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 302
    words = {"login": "new@else.example", "password": PASSWORDS["password1"]}
    answer = client.post("/en/accounts/login/", {**words, "next": "/en/settings/"})
    assert answer.url == f"/{language}/settings/"


@pytest.mark.parametrize("door", ["signup", "password/reset"])
def test_links_lead_to_the_site_whatever_name_it_was_called_by(
    client, sent, door, settings
):
    """Who asks for a mail to somebody else does not choose where its secret goes."""
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    settings.SITE_URL = "https://www.home.example"
    words = {"email": make_member().email, **PASSWORDS}
    (mail,) = sent(
        lambda: client.post(
            f"/en/accounts/{door}/", words, headers={"host": "other.example"}
        )
    )
    assert "https://www.home.example/en/accounts/" in mail.body
    assert "other.example" not in mail.body


def test_a_new_password_is_asked_for_and_set_by_one_link_once(client, sent):
    user = make_member(language="ar")
    words = {"email": user.email}
    (mail,) = sent(lambda: client.post("/en/accounts/password/reset/", words))
    link = link_in(mail)
    assert link.startswith("/ar/")
    page = client.get(link, follow=True)
    (told,) = sent(lambda: client.post(page.request["PATH_INFO"], PASSWORDS))
    user.refresh_from_db()
    assert user.check_password(PASSWORDS["password1"])
    assert "/ar/settings/" in told.body
    assert "password1" not in client.get(link, follow=True).content.decode()


@pytest.mark.parametrize("discretion", [2, 3])
def test_sender_and_subject_do_not_name_the_site(client, sent, discretion):
    user = make_member(discretion=discretion)
    words = {"email": user.email}
    (mail,) = sent(lambda: client.post("/en/accounts/password/reset/", words))
    html = mail.alternatives[0].content
    for part in (mail.subject, mail.from_email, mail.body, html):
        assert "Gesher" not in part
        assert user.alias not in part


def test_a_changed_password_is_told_without_address_or_browser(client, sent):
    user = make_member()
    log_in(client, user)
    words = {"oldpassword": "correct horse", **PASSWORDS}

    def change():
        client.post(
            "/en/accounts/password/change/",
            words,
            REMOTE_ADDR="203.0.113.7",
            HTTP_USER_AGENT="Canary browser",
        )

    (mail,) = sent(change)
    assert "203.0.113" not in mail.body
    assert "Canary" not in mail.body


@pytest.mark.parametrize(
    "template",
    [
        "account/email/email_changed",
        "account/email/email_confirm",
        "account/email/email_deleted",
        "account/email/password_changed",
        "account/email/password_reset",
        "account/email/password_set",
        "mfa/email/recovery_codes_generated",
        "mfa/email/totp_activated",
        "mfa/email/totp_deactivated",
        "mfa/email/webauthn_added",
        "mfa/email/webauthn_removed",
    ],
)
@pytest.mark.parametrize("language", ["he", "ar"])
def test_each_warning_is_written_in_the_members_language(rf, sent, template, language):
    request = rf.get("/en/")
    user = make_user(language=language)
    adapter = get_adapter(request)
    (mail,) = sent(lambda: adapter.send_notification_mail(template, user))
    assert not re.search(r"[A-Za-z]{4,}", mail.subject), mail.subject
    body = re.sub(r"^http\S+$", "", mail.body, flags=re.MULTILINE)
    assert not re.search(r"[A-Za-z]{4,}", body), body
