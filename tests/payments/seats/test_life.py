"""A seat from its trial to its end: our gateway, the sandbox, signed events, its clock."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from marketplace.mandates.permissions import may_be_told
from payments import checking
from payments.models import (
    Discrepancy,
    StripeEvent,
)
from payments.sandbox import bank
from payments.seat_standing import GRACE
from tests.payments.seats.seat import (
    FAILS_LATER,
    PRICE,
    after,
    income,
    owner_of,
    right_of,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_a_seat_goes_from_trial_to_paid_to_past_due_to_recovered_to_ended(
    stripe, client, investor, plan, language
):
    client.force_login(owner_of(investor))

    def page(name="seats", *args):
        with translation.override(language):
            return reverse(f"payments:{name}", args=args)

    def text():
        return client.get(page()).content.decode()

    take_it = page("seat_take", investor.public_id)
    assert take_it in text()
    answer = client.post(take_it, {"plan": plan.key})
    assert answer.status_code == 303
    address = answer["Location"]
    assert address.endswith(f"?lang={language}")
    assert not may_be_told(investor)

    back = stripe.payer.pay(address.partition("?")[0], FAILS_LATER, email="i@e.org")
    cache.clear()
    assert client.get(back.location).status_code == 302
    row = investor.subscriptions.get()
    assert row.status == "trialing"
    assert may_be_told(investor)
    assert right_of(investor).ends_at == row.trial_end + GRACE
    assert set(stripe.deliver()) == {200}
    assert take_it not in text()
    assert income() == 0

    after(stripe, row, 15)
    assert row.status == "past_due"
    assert right_of(investor).ends_at == row.trial_end + GRACE
    assert row.period_start == row.trial_end

    bill = stripe.app.store.newest_first("invoice")[0]
    bank.act(stripe.app.moment(), "settle", bill["id"])
    after(stripe, row, 0)
    assert row.status == "active"
    assert right_of(investor).ends_at == row.period_end + GRACE
    assert income() == PRICE

    after(stripe, row, 31)
    assert (row.status, income()) == ("active", 2 * PRICE)
    ends = row.period_end
    client.post(page("seat_cancel", row.public_id))
    row.refresh_from_db()
    assert row.cancel_at_period_end
    assert right_of(investor).ends_at == ends
    assert page("seat_keep", row.public_id) in text()
    client.post(page("seat_keep", row.public_id))
    assert right_of(investor).ends_at == ends + GRACE
    client.post(page("seat_cancel", row.public_id))

    after(stripe, row, 31)
    assert row.status == "canceled"
    assert not may_be_told(investor)
    assert right_of(investor).ends_at <= timezone.now()
    assert income() == 2 * PRICE
    assert take_it in text()
    assert list(checking.breaches()) == []
    states = set(StripeEvent.objects.values_list("state", flat=True))
    assert states <= {"done", "ignored"}
    assert not Discrepancy.objects.exists()
