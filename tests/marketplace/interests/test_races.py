"""Something is said of a row while the sweep throws away those that say nothing."""

import os
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from marketplace.interests.actions import count_interests, note_interest
from marketplace.interests.models import Interest
from tests.at_once import at_once
from tests.factories import make_listing, make_member, make_organisation
from tests.mandates import make_seat

ROUNDS = int(os.environ.get("RACE_ROUNDS", "4"))

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_said_while_the_sweep_runs_is_kept():
    with transaction.atomic():
        sought = make_listing(make_organisation(side="ps"), kind="investment")
        fund = make_organisation(side="third")
        person = make_member(fund)
        make_seat(fund)
    for _round in range(ROUNDS):
        Interest.objects.all().delete()
        Interest.objects.create(
            listing=sought,
            organisation=fund,
            set_at=timezone.now() - timedelta(days=2),
        )

        results = at_once(
            partial(note_interest, sought, "soft", organisation=fund, by=person),
            count_interests,
        )

        assert not [each for each in results if isinstance(each, Exception)]
        assert Interest.objects.get().level == "soft"
