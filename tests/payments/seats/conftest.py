"""A plan on offer, and an organisation that may take it."""

import pytest

from tests.factories import make_member
from tests.payments.rows import make_verified
from tests.payments.seats.seat import YEAR, make_plan


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def investor():
    organisation = make_verified(side="third")
    make_member(organisation)
    return organisation


@pytest.fixture
def year(plan):
    return make_plan("year", interval="year", amount_minor=YEAR)
