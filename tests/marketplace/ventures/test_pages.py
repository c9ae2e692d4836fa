"""The page of a venture asks no more of the database the more is planned."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.ventures.actions import (
    Words,
    add_milestone,
    propose_arrangement,
    propose_venture,
)
from tests.marketplace.ventures.test_actions import introduction, people, sides
from tests.marketplace.ventures.test_actions import text_of as text_to_sign
from tests.marketplace.ventures.test_arrangements import text_of
from tests.marketplace.ventures.test_milestones import text_for
from tests.marketplace.ventures.test_pulse import proposal, venture

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "proposal", "sides", "venture"]


def test_more_steps_and_arrangements_cost_no_more_queries(client, venture, people):
    client.force_login(people[0])

    def plan_and_count() -> int:
        add_milestone(venture, by=people[0], text=text_for(venture, people[1]))
        propose_arrangement(venture, by=people[0], text=text_of())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(venture.get_absolute_url()).status_code == 200
        return len(asked)

    plan_and_count()  # what is kept from then on is not asked for again
    first = plan_and_count()
    assert [plan_and_count() for _ in range(4)] == [first] * 4


def test_more_ventures_cost_their_list_no_more_queries(
    client, introduction, sides, people, settings
):
    settings.VENTURES_PROPOSED = 9
    client.force_login(people[0])
    text = text_to_sign(
        dict.fromkeys(sides, 5_000), beside={"he": Words("צנצנות", "ממלאים.")}
    )

    def propose_and_count() -> int:
        propose_venture(introduction, by=people[1], text=text)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("ventures:list")).content.decode()
        assert page.count("Cold jars") == introduction.ventures.count()
        return len(asked)

    propose_and_count()
    first = propose_and_count()
    assert [propose_and_count() for _ in range(3)] == [first] * 3
