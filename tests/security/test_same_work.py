"""P-08: a foreign thing and a missing one cost the same work, so no clock tells them apart.

Time itself is measured at the doors (`marketplace/people`); here the statements that the
database is asked are compared, which no load on the machine can blur.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.ventures.views import lookups
from tests.security.roles import Row, Viewer, address, rows
from tests.security.world import World

pytestmark = pytest.mark.django_db
VALUE = re.compile(r"'[^']*'|\b\d+\b|\b[0-9a-f]{32}\b")
READERS = ("stranger", "mutual")
# Everybody finds these by searching: that they are there is no secret.
KNOWN = {"listing", "as_public_listing", "photo", "rendition"}


def foreign_rows() -> list[Row]:
    """Addresses of things that one of these readers is told are not there."""
    return [
        row
        for row in rows()
        if row.object
        and row.object not in KNOWN
        and any(row.expected("GET", reader) == 404 for reader in READERS)
    ]


def work_at(viewer: Viewer, path: str) -> list[str]:
    """The statements of one request, without the values in them."""
    with CaptureQueriesContext(connection) as asked:
        answer = viewer.ask("GET", path)
    assert answer.status_code == 404, path
    said = [VALUE.sub("?", row["sql"]) for row in asked.captured_queries]
    return [sql for sql in said if "SAVEPOINT" not in sql]  # each has a name of its own


def differences(world: World, reader: str) -> set[str]:
    viewer, foreign = Viewer(world, reader), foreign_rows()
    work_at(
        viewer, address(foreign[0], None)
    )  # what a process keeps, as the menu, is read
    return {
        row.key
        for row in foreign
        if row.expected("GET", reader) == 404
        and address(row, world) != address(row, None)
        and work_at(viewer, address(row, world)) != work_at(viewer, address(row, None))
    }


@pytest.mark.parametrize("reader", READERS)
def test_p08_a_foreign_thing_and_a_missing_one_ask_the_database_the_same(world, reader):
    assert len(foreign_rows()) > 30
    assert differences(world, reader) == set()


def test_p08_a_second_look_at_foreign_things_alone_is_noticed(world, monkeypatch):
    """The test of the test: a page that asks who it is before it says no."""
    plain = lookups.own_or_404

    def curious(request, public_id):
        rows = lookups.JointVenture.objects.filter(public_id=public_id)
        for row in rows:
            row.parties.count()
        return plain(request, public_id)

    monkeypatch.setattr("marketplace.ventures.views.ventures.own_or_404", curious)
    assert "ventures:detail" in differences(world, "stranger")
