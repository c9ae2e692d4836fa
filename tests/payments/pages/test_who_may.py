"""Whose pages of money answer, to whom, and to what."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from payments.actions.checkout import open_attempt
from payments.models import PaymentAttempt
from tests.factories import make_member, make_user
from tests.payments.pages.addresses import address
from tests.payments.rows import (
    payer_of,
)
from tests.payments.test_adjustments import officer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["share", "pay", "waiver", "transfer"])
def test_a_partners_share_answers_like_one_that_does_not_exist(
    stripe, payer, partner, name
):
    missing = reverse(f"payments:{name}", args=[uuid.uuid4()])
    for page in (address(name, partner), missing):
        assert payer.post(page).status_code in (404, 405)
        assert payer.get(page).status_code in (404, 405)
    assert stripe.http.calls == []
    assert not PaymentAttempt.objects.exists()


def test_a_partners_attempt_answers_like_one_that_does_not_exist(
    stripe, payer, partner
):
    open_attempt(partner, by=payer_of(partner))
    foreign = payer.get(address("return", partner.attempts.get()))
    missing = payer.get(reverse("payments:return", args=[uuid.uuid4()]))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


@pytest.mark.parametrize("person", ["a stranger", "finance"])
def test_strangers_and_staff_do_not_pay_as_somebody(stripe, client, share, person):
    client.force_login(officer() if person == "finance" else make_user())
    assert client.get(address("share", share)).status_code == 404
    assert client.post(address("pay", share)).status_code == 404


def test_a_viewer_of_the_organisation_reads_but_does_not_pay(stripe, client, share):
    viewer = make_member(share.party.organisation, role="viewer")
    client.force_login(viewer)
    text = client.get(address("share", share)).content.decode()
    assert address("pay", share) not in text
    client.post(address("pay", share))
    assert not PaymentAttempt.objects.exists()


@pytest.mark.parametrize("name", ["share", "pay", "waiver", "transfer"])
def test_whoever_is_not_signed_in_is_asked_to(client, share, name):
    answer = client.post(address(name, share))
    assert answer.status_code in (302, 405)
    assert not PaymentAttempt.objects.exists()


@pytest.mark.parametrize("name", ["pay", "divide", "refund"])
def test_looking_does_not_act(payer, share, name):
    assert payer.get(address(name, share)).status_code == 405


def test_looking_at_a_transfer_asks_for_none(payer, share):
    assert payer.get(address("transfer", share)).status_code == 302
    share.refresh_from_db()
    assert share.reference is None


def test_acts_need_a_token_of_the_site(share):
    client = Client(enforce_csrf_checks=True)
    client.force_login(payer_of(share))
    assert client.post(address("pay", share)).status_code == 403
