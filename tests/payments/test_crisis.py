"""Refunds in bulk: what is previewed is what is asked, and two persons decide it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.exceptions import NotAllowed
from marketplace.money import Money
from marketplace.organisations.models import Organisation
from marketplace.taxonomy.models import Place
from payments import ledger
from payments.actions.crisis import (
    Cancelled,
    approve_batch,
    preview,
    request_crisis_refunds,
)
from payments.actions.transfers import confirm_transfer, record_transfer
from payments.exceptions import PreviewChanged
from payments.models import RefundRequest
from tests.payments.officers import make_officer
from tests.payments.rows import make_fee, make_schedule

pytestmark = pytest.mark.django_db


def pay_by_bank(share):
    payment = record_transfer(
        share,
        amount=share.due,
        reference=f"R{share.pk}",
        received_on=timezone.localdate(),
        by=make_officer(),
    )
    confirm_transfer(payment, by=make_officer())


@pytest.fixture
def shares():
    make_schedule(240_00)
    found = [make_fee().shares.first() for _ in range(3)]
    for share in found:
        pay_by_bank(share)
    return found


def today(**changes):
    day = timezone.localdate()
    return Cancelled(
        **{"currency": "USD", "paid_from": day, "paid_until": day} | changes
    )


def test_a_preview_writes_nothing_and_shows_every_payment(shares):
    lines = preview(today())
    assert [line.amount for line in lines] == [Money(120_00, "USD")] * 3
    assert not RefundRequest.objects.exists()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert preview(today(paid_from=yesterday, paid_until=yesterday)) == []
    assert preview(today(currency="EUR")) == []


def test_a_crisis_in_one_district_leaves_the_others_alone(shares):
    place = Place.objects.create(slug="here")
    Organisation.objects.filter(pk=shares[0].party.organisation_id).update(place=place)
    found = [line.attempt.share for line in preview(today(place_id=place.pk))]
    assert found == [shares[0]]


def test_what_was_previewed_is_asked_under_one_number_and_granted_by_another(shares):
    asker, other = make_officer(), make_officer()
    made = request_crisis_refunds(today(), expected=Money(360_00, "USD"), by=asker)
    assert len({request.batch for request in made}) == 1
    refusals = approve_batch(made[0].batch, by=asker).values()
    assert {type(refusal) for refusal in refusals} == {NotAllowed}
    outcome = approve_batch(made[0].batch, by=other)
    assert set(outcome.values()) == {None}
    assert {request.state for request in outcome} == {"by_hand"}
    assert approve_batch(made[0].batch, by=other) == {}


def test_a_list_that_has_changed_asks_for_nothing(shares):
    with pytest.raises(PreviewChanged):
        request_crisis_refunds(today(), expected=Money(1, "USD"), by=make_officer())
    assert not RefundRequest.objects.exists()


def test_a_second_press_finds_nothing_left(shares):
    request_crisis_refunds(today(), expected=Money(360_00, "USD"), by=make_officer())
    assert not any(line.is_possible for line in preview(today()))
    assert ledger.returnable(shares[0].attempts.get()) == Money(120_00, "USD")
