"""The staff area opens to staff who showed a second factor (S-17)."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from .doors import PASSWORD, log_in, make_member
from .test_login_session import make_staff

pytestmark = pytest.mark.django_db
STAFF = "/staff/"


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    cache.clear()


def code_for(secret):
    """The six digits an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def with_app(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def test_a_guest_is_asked_to_log_in(client):
    answer = client.get(STAFF)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url


@pytest.mark.parametrize("path", ["", "pages/", "images/", "users/", "no-such-page/"])
def test_for_a_member_the_staff_area_does_not_exist(client, path):
    log_in(client, make_member())
    there = client.get(STAFF + path, follow=True)
    nowhere = client.get("/stuff/" + path, follow=True)
    assert there.status_code == nowhere.status_code == 404
    assert there.redirect_chain == [
        (url.replace("stuff", "staff"), status)
        for url, status in nowhere.redirect_chain
    ]
    assert there.content == nowhere.content.replace(b"/stuff/", STAFF.encode())


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client):
    log_in(client, make_staff())
    answer = client.get(STAFF)
    assert answer.status_code == 302
    assert answer.url.endswith("/accounts/2fa/")


def test_staff_who_only_gave_a_password_are_asked_for_the_code_and_then_let_in(client):
    user = make_staff()
    log_in(client, user)
    secret = with_app(user)
    answer = client.get(STAFF)
    assert answer.url.startswith("/en/accounts/2fa/reauthenticate/?next=%2Fstaff%2F")
    words = {"code": code_for(secret), "next": STAFF}
    answer = client.post("/en/accounts/2fa/reauthenticate/", words)
    assert answer.url == STAFF
    assert client.get(STAFF).status_code == 200


def test_staff_with_an_app_show_it_at_log_in_and_are_let_in(client):
    user = make_staff()
    secret = with_app(user)
    words = {"login": user.email, "password": PASSWORD, "next": STAFF}
    answer = client.post("/en/accounts/login/", words)
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(STAFF).status_code == 302, "not yet"
    client.post(answer.url, {"code": code_for(secret)})
    assert client.get(STAFF).status_code == 200


def test_a_wrong_code_opens_nothing(client):
    user = make_staff()
    with_app(user)
    words = {"login": user.email, "password": PASSWORD, "next": STAFF}
    client.post("/en/accounts/login/", words)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get(STAFF).status_code == 302


def test_recovery_codes_alone_are_no_second_factor(client):
    user = make_staff()
    log_in(client, user)
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    assert client.get(STAFF).url.endswith("/accounts/2fa/")


def test_staff_with_a_key_alone_are_asked_for_the_key(client):
    user = make_staff()
    log_in(client, user)
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"credential": {}}
    )
    assert "/2fa/webauthn/reauthenticate/" in client.get(STAFF).url


def test_development_may_waive_the_second_factor_and_says_so(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    log_in(client, make_staff())
    answer = client.get(STAFF)
    assert answer.status_code == 200
    assert "second factor is waived" in answer.content.decode()


def test_where_it_is_required_no_banner_stands(client):
    user = make_staff()
    secret = with_app(user)
    words = {"login": user.email, "password": PASSWORD, "next": STAFF}
    client.post("/en/accounts/login/", words)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert "second factor is waived" not in client.get(STAFF).content.decode()


def test_wagtails_own_log_in_leads_to_ours(client):
    answer = client.get("/staff/login/")
    assert answer.status_code == 302
    assert answer.url.endswith("/accounts/login/")


@pytest.mark.parametrize("path", ["/admin/", "/api/v2/pages/", "/api/v3/pages/"])
def test_neither_djangos_admin_nor_wagtails_api_has_an_address(client, path):
    client.force_login(make_staff(is_superuser=True))
    assert client.get(path, follow=True).status_code == 404


def test_the_secret_of_an_app_is_sealed_in_the_database():
    user = make_staff()
    secret = with_app(user)
    assert secret not in str(Authenticator.objects.get(user=user).data)
