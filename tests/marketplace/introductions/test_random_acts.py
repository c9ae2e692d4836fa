"""Random acts find no disclosure without both consents, and no act beyond a mandate."""

from itertools import product

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from marketplace.facilitation.models import Act
from marketplace.introductions import onlookers
from marketplace.introductions.actions import revealing
from marketplace.organisations.actions import open_disclosure
from tests.marketplace.introductions.acts import CALM, EXAMPLES, Acts
from tests.marketplace.introductions.helping import ActsWithHelp

pytestmark = pytest.mark.django_db
LONG_ENOUGH = settings(CALM, max_examples=max(EXAMPLES, 60))


# Each planted bug shows in stages or in a refused act; looking at every page too, after
# every act, takes nine tenths of the time.
class ActsWithoutPages(Acts):
    pages_show_no_more_than_the_stage = None


class HelpWithoutPages(ActsWithHelp):
    pages_show_no_more_than_the_stage = None
    a_facilitator_reads_where_a_mandate_lives_and_no_name = None


def test_random_acts_open_nothing_without_both_consents():
    run_state_machine_as_test(ActsWithHelp, settings=CALM)


def test_a_step_that_opens_by_one_yes_is_found(monkeypatch):
    """The test of the test: one yes opens both ways."""

    def open_by_one(introduction, stage, by):
        for of, to in introduction.directions:
            scope = introduction.listing.public_id
            open_disclosure(of=of, to=to, scope=scope, stage=stage, by=by)
        return True

    monkeypatch.setattr(revealing, "open_both_ways", open_by_one)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(ActsWithoutPages, settings=LONG_ENOUGH)


def test_a_mandate_that_is_not_looked_at_is_found(monkeypatch):
    """The test of the test: whoever has any mandate may do everything."""
    real = onlookers.mandates_of

    def any_mandate(user, about):
        return frozenset(product({client for client, _ in real(user, about)}, Act))

    monkeypatch.setattr(onlookers, "mandates_of", any_mandate)
    with pytest.raises(AssertionError, match="without a mandate"):
        run_state_machine_as_test(HelpWithoutPages, settings=LONG_ENOUGH)
