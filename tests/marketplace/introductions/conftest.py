"""Two organisations of two sides, their people, a listing and a request about it."""

import pytest

from marketplace.introductions.actions import ask_introduction
from tests.factories import make_listing, make_member, make_organisation
from tests.marketplace.introductions.words import FIVE


@pytest.fixture
def haifa():
    return make_organisation(
        side="il", legal_name="Canary Haifa Ltd", trade_facts="CANARYFACTS"
    )


@pytest.fixture
def nablus():
    return make_organisation(side="ps", legal_name="Canary Nablus Co")


@pytest.fixture
def asker(haifa):
    return make_member(haifa)


@pytest.fixture
def asked(nablus):
    return make_member(nablus)


@pytest.fixture
def listing(nablus, asked):
    return make_listing(nablus, owner=asked)


@pytest.fixture
def introduction(listing, haifa, asker):
    return ask_introduction(listing, by=asker, asker=haifa, **FIVE)
