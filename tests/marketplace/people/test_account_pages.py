"""The pages of signing up, in and out, in three languages."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import translation

from .doors import log_in, make_member

pytestmark = pytest.mark.django_db

DIRECTIONS = {"en": "ltr", "he": "rtl", "ar": "rtl"}
GUEST_PAGES = (
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_email_verification_sent",
)
MEMBER_PAGES = (
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "people:settings",
    "notices:list",
)


def page(client, language, name, **kwargs):
    with translation.override(language):
        address = reverse(name, kwargs=kwargs or None)
    answer = client.get(address)
    assert answer.status_code == 200, (name, answer)
    return answer.content.decode()


def looks_right(html, language):
    assert f'<html lang="{language}" dir="{DIRECTIONS[language]}"' in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert "style=" not in html
    assert " onclick" not in html
    for script in re.findall(r"<script\b[^>]*>", html):
        assert "src=" in script or "application/json" in script


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("name", GUEST_PAGES)
def test_pages_of_a_guest_are_in_the_language_of_the_address(client, language, name):
    looks_right(page(client, language, name), language)


@pytest.mark.parametrize("language", DIRECTIONS)
def test_pages_of_a_member_are_in_the_language_of_the_address(client, language):
    log_in(client, make_member())
    for name in MEMBER_PAGES:
        looks_right(page(client, language, name), language)


@pytest.mark.parametrize("language", DIRECTIONS)
def test_pages_of_a_second_factor_are_in_the_language_of_the_address(client, language):
    user = make_member()
    log_in(client, user)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    key = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Telephone", "credential": {}},
    )
    for name in (
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
    ):
        looks_right(page(client, language, name), language)
    looks_right(page(client, language, "mfa_edit_webauthn", pk=key.pk), language)
    looks_right(page(client, language, "mfa_remove_webauthn", pk=key.pk), language)


@pytest.mark.parametrize("language", DIRECTIONS)
def test_an_old_link_says_so(client, language):
    html = page(
        client,
        language,
        "account_reset_password_from_key",
        uidb36="1",
        key="set-password",
    )
    looks_right(html, language)
    looks_right(page(client, language, "account_confirm_email", key="nokey"), language)


def test_the_qr_picture_is_drawn_without_an_image_address(client):
    html = page(log_in(client, make_member()), "en", "mfa_activate_totp")
    assert re.search(r'<path d="M[0-9.]+ [0-9.]+h', html)
    assert "data:image" not in html


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_a_form_that_comes_back_with_errors_says_so_in_its_status(client, name):
    answer = client.post(reverse(name), {"login": "x", "email": "x"})
    assert answer.status_code == 422
    assert 'value="x"' in answer.content.decode()
    assert client.get(reverse(name)).status_code == 200
