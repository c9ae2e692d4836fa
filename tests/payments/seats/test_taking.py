"""Taking, ending and keeping a seat, and who may."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.exceptions import NotAllowed
from marketplace.mandates.permissions import may_be_told
from marketplace.organisations.models import MANDATES, Entitlement
from payments.actions.seats import cancel_seat, keep_seat, open_seat_page
from payments.exceptions import (
    CheckoutUnavailable,
    HasSeat,
    PlanNotOffered,
    ScreeningNeeded,
)
from payments.models import (
    LedgerTransaction,
    Subscription,
)
from tests.factories import make_member, make_organisation
from tests.mandates import make_seat
from tests.payments.rows import make_verified
from tests.payments.seats.seat import (
    PRICE,
    after,
    income,
    make_plan,
    open_page,
    owner_of,
    take,
)

pytestmark = pytest.mark.django_db


def test_two_clicks_lead_to_one_page(stripe, investor, plan):
    assert open_page(investor, plan) == open_page(investor, plan)
    assert investor.subscriptions.count() == 1


def test_another_plan_closes_the_first_page(stripe, investor, plan):
    first = open_page(investor, plan)
    second = open_page(investor, make_plan("year", interval="year", trial_days=0))
    assert first != second
    assert stripe.payer.pay(first).status == 410
    states = set(investor.subscriptions.values_list("status", flat=True))
    assert states == {"abandoned", "opening"}


def test_a_lost_answer_is_asked_for_again_under_the_same_key(stripe, investor, plan):
    stripe.app.faults.add("lose_answer")
    page = open_page(investor, plan)
    assert stripe.payer.pay(page, email="i@example.org").status == 303
    assert len(stripe.app.store.newest_first("checkout.session")) == 1


def test_without_a_trial_the_first_month_is_booked_at_once(stripe, investor):
    row = take(stripe, investor, make_plan(trial_days=0))
    assert (row.status, income()) == ("active", PRICE)
    fees = LedgerTransaction.objects.filter(kind="settlement")
    assert fees.count() == 1


def test_nobody_has_two_seats_or_two_trials(stripe, investor, plan):
    row = take(stripe, investor, plan)
    with pytest.raises(HasSeat):
        open_page(investor, plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(
            organisation=investor,
            plan=plan,
            currency_id="USD",
            amount_minor=PRICE,
            interval="month",
            trial_days=0,
            mode=row.mode,
            language="en",
            started_by=owner_of(investor),
        )
    cancel_seat(row, by=owner_of(investor))
    after(stripe, row, 15)
    assert row.status == "canceled"
    again = open_page(investor, plan)
    assert stripe.payer.pay(again).status == 303
    stripe.deliver()
    latest = investor.subscriptions.first()
    assert (latest.trial_days, latest.status) == (0, "active")
    assert latest.customer_id == row.customer_id


def test_no_page_opens_before_the_registration_was_checked(stripe, plan):
    organisation = make_organisation()
    make_member(organisation)
    with pytest.raises(ScreeningNeeded):
        open_page(organisation, plan)
    assert stripe.http.calls == []


def test_only_its_own_owners_and_editors_take_end_and_keep_a_seat(
    stripe, investor, plan
):
    row = take(stripe, investor, plan)
    viewer = make_member(investor, role="viewer")
    stranger = make_member(make_verified())
    for person in (viewer, stranger):
        with pytest.raises(NotAllowed):
            open_seat_page(investor, plan, by=person)
        for act in (cancel_seat, keep_seat):
            with pytest.raises(NotAllowed):
                act(row, by=person)


def test_a_plan_that_is_not_offered_or_not_for_cards_is_refused(stripe, investor, plan):
    plan.is_offered = False
    plan.save()
    with pytest.raises(PlanNotOffered):
        open_page(investor, plan)
    with pytest.raises(PlanNotOffered):
        open_page(investor, make_plan("tiny", amount_minor=1))


def test_who_has_a_free_seat_is_not_sold_one(client, stripe, investor, plan):
    right = Entitlement.objects.create(
        organisation=investor, feature=MANDATES, source="staff:1"
    )
    client.force_login(owner_of(investor))
    text = client.get(reverse("payments:seats")).content.decode()
    assert reverse("payments:seat_take", args=[investor.public_id]) not in text
    with pytest.raises(HasSeat):
        open_page(investor, plan)
    assert right.ends_at is None


def test_a_paid_seat_ends_alone_and_another_right_stays(stripe, investor, plan):
    row = take(stripe, investor, plan)
    make_seat(investor)
    cancel_seat(row, by=owner_of(investor))
    after(stripe, row, 15)
    assert row.status == "canceled"
    assert may_be_told(investor)


def test_when_stripe_does_not_answer_nothing_is_lost(stripe, investor, plan):
    row = take(stripe, investor, plan)
    for _ in range(3):
        stripe.app.faults.add("answer_500")
    with pytest.raises(CheckoutUnavailable):
        cancel_seat(row, by=owner_of(investor))
    row.refresh_from_db()
    assert (row.status, row.cancel_at_period_end) == ("trialing", False)
