"""Fixtures that are built once a module and rolled back after its last test.

Each test runs in a savepoint of what was built. That asks two things of a module: no
test of it may ask for the database with `transaction=True`, and none may count on the
tables being empty. Rows that a test changes in Python are copied first, or read anew.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from django.db import transaction
from django.db.transaction import Atomic
from django.utils import translation

Built = TypeVar("Built")


def around_tests() -> Atomic:
    """A transaction that actions take for none, as Django marks those of its tests.

    Else an act that has to be a whole transaction would refuse to run inside it.
    """
    atomic = transaction.atomic()
    atomic._from_testcase = True
    return atomic


def once_a_module(build: Callable[[], Built]) -> Callable[..., Iterator[Built]]:
    """Makes a fixture of the function that builds; tests ask for `db` besides."""

    def built(django_db_setup, django_db_blocker) -> Iterator[Built]:
        with (
            django_db_blocker.unblock(),
            translation.override("en"),
            around_tests(),
        ):
            thing = build()
            with django_db_blocker.block():
                yield thing
            transaction.set_rollback(True)

    return pytest.fixture(scope="module")(built)
