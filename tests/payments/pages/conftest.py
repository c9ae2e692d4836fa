"""A share, its payer at a browser, and the other partner."""

import pytest

from tests.payments.rows import (
    make_fee,
    payer_of,
)


@pytest.fixture
def share():
    return make_fee().shares.first()


@pytest.fixture
def partner(share):
    return share.fee.shares.exclude(pk=share.pk).get()


@pytest.fixture
def payer(share, client):
    client.force_login(payer_of(share))
    return client
