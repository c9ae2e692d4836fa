"""The pages of a voucher: a partner redeems one, staff ask, issue and see its code."""

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from payments.models import Adjustment, Voucher
from payments.voucher_codes import hash_of, new_code
from tests.factories import make_user
from tests.payments.officers import make_officer
from tests.payments.rows import make_currencies, make_fee, payer_of
from tests.payments.vouchers import issue, page, redeem

pytestmark = pytest.mark.django_db


@pytest.fixture
def share():
    return make_fee().shares.first()


@pytest.fixture(autouse=True)
def _untried():
    caches["limits"].clear()


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_a_partner_sees_what_it_gives_then_redeems_it(client, share, language):
    client.force_login(payer_of(share))
    code = issue(500_00)
    answer = client.post(page(share, language), {"code": code.lower()})
    assert "380.00" in answer.content.decode()
    assert not Adjustment.objects.exists()
    words = {"code": code, "gives": answer.context["offer"].gives.minor}
    answer = client.post(page(share, language), words)
    assert answer.status_code == 302
    share.refresh_from_db()
    assert share.state == "waived"


def test_the_partner_reads_settled_and_never_voucher(client, share):
    redeem(share, issue(120_00), 120_00)
    partner = share.fee.shares.exclude(pk=share.pk).get()
    client.force_login(payer_of(partner))
    answer = client.get(reverse("payments:fees"))
    (own,) = answer.context["shares"]
    (other,) = own.partners
    assert other.is_settled
    assert other.__slots__ == ("name", "is_settled")
    assert "A foundation" not in answer.content.decode()


def test_after_ten_tries_one_has_to_wait(client, share):
    client.force_login(payer_of(share))
    for _ in range(10):
        answer = client.post(page(share), {"code": new_code()})
        assert "Too many tries" not in answer.content.decode()
    code = issue()
    answer = client.post(page(share), {"code": code})
    assert answer.status_code == 422
    assert "Too many tries" in answer.content.decode()


def test_a_partners_voucher_page_answers_like_none(client, share):
    partner = share.fee.shares.exclude(pk=share.pk).get()
    client.force_login(payer_of(share))
    assert client.get(page(partner)).status_code == 404
    assert client.post(page(partner), {"code": issue()}).status_code == 404


def sign_in_officer(client):
    user = make_officer()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return user


def test_staff_ask_issue_and_see_the_code_once(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    make_currencies()
    sign_in_officer(client)
    words = {
        "sponsor": "A foundation",
        "currency": "USD",
        "amount": "50.00",
        "expires_on": timezone.localdate().isoformat(),
    }
    assert client.get(reverse("voucher_request:index")).status_code == 200
    client.post(reverse("voucher_request:index"), words)
    voucher = Voucher.objects.get()
    issue_page = reverse("voucher:issue", args=[voucher.pk])
    assert client.post(issue_page).status_code in (302, 403)
    assert Voucher.objects.get().state == "requested"
    sign_in_officer(client)
    assert "Issue it" in client.get(issue_page).content.decode()
    answer = client.post(issue_page)
    assert "no-store" in answer["Cache-Control"]
    code = answer.context["code"]
    assert hash_of(code) == Voucher.objects.get().code_hash
    for again in (
        client.get(reverse("voucher:inspect", args=[voucher.pk])),
        client.get(reverse("voucher:index")),
    ):
        assert code not in again.content.decode()
    assert client.post(issue_page).status_code in (302, 403)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "1.005"},
        {"expires_on": "2020-01-01"},
        {"expires_on": "2999-01-01"},
        {"sponsor": ""},
        {"currency": "XXX"},
    ],
)
def test_a_request_that_cannot_be_is_refused(client, settings, wrong):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    make_currencies()
    sign_in_officer(client)
    words = {
        "sponsor": "A foundation",
        "currency": "USD",
        "amount": "50.00",
        "expires_on": timezone.localdate().isoformat(),
    }
    answer = client.post(reverse("voucher_request:index"), words | wrong)
    assert answer.status_code == 200
    assert not Voucher.objects.exists()


def test_other_staff_have_no_page_of_vouchers(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for name in ("voucher_request:index", "voucher:index"):
        assert client.get(reverse(name)).status_code in (302, 403)
