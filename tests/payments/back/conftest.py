"""A share, and a payment of it by any test card."""

import pytest

from payments.actions.checkout import open_attempt
from tests.payments.back.asking import PAYS
from tests.payments.rows import make_fee, payer_of


@pytest.fixture
def share():
    return make_fee().shares.first()


@pytest.fixture
def paid(stripe, share):
    def pay(card=PAYS):
        page = open_attempt(share, by=payer_of(share)).partition("?")[0]
        stripe.payer.pay(page, card)
        stripe.deliver()
        return share.attempts.get(state="succeeded")

    return pay
