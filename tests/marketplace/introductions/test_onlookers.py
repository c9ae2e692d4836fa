"""Who looks is asked once a page, and what was read for one introduction opens no other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.introductions.actions import accept_introduction, ask_introduction
from marketplace.introductions.onlookers import onlooker_of
from marketplace.introductions.permissions import can_answer, can_read, can_write
from marketplace.organisations.models import Membership
from tests.factories import make_listing, make_member, make_organisation
from tests.introducing import introduce
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db
PAGE, MEETINGS = 25, 11  # queries


def asked_by(client, path: str) -> list[str]:
    client.get(path)  # menus, names and the session's time are kept
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries.captured_queries]


def test_a_page_asks_once_who_looks(client, introduction, asker, asked):
    row = introduce(introduction, asker, asked)
    client.force_login(asker)
    pages = {row.get_absolute_url(): PAGE, f"/en/meetings/{row.public_id}/": MEETINGS}
    for path, budget in pages.items():
        statements = asked_by(client, path)
        roles = [sql for sql in statements if 'AS "role" FROM' in sql]
        assert (len(statements), len(roles)) == (budget, 1), path


def test_what_was_read_for_one_introduction_opens_no_other(introduction, asked, nablus):
    other = make_organisation(side="il")
    person = make_member(other)
    foreign = make_listing(make_organisation(side="ps"))
    theirs = ask_introduction(foreign, by=person, asker=other, **FIVE)
    onlooker = onlooker_of(introduction, asked)
    assert can_answer(onlooker, introduction)
    assert not can_answer(onlooker, theirs)
    assert onlooker_of(theirs, onlooker).sides == frozenset()
    introduction = accept_introduction(introduction, by=asked)
    assert can_write(onlooker, introduction)
    Membership.objects.filter(user=asked).delete()  # actions ask anew
    assert not can_write(asked, introduction)
    assert not can_read(asked, introduction)
