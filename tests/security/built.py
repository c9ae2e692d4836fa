"""Fixtures: one world a module, given back to each test as it was built."""

import copy
import shutil
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import override_settings

from cms.site_setup import set_up_site
from search.engines import engines
from search.lexicon import forget_lexicon
from search.rebuilding import refill
from tests.built import around_tests
from tests.security.world import World, build_world


@pytest.fixture(scope="module")
def built_world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator:
    """The world and the folder of its files, inside a transaction that is rolled back.

    Each test runs in a savepoint of it, so that nobody pays for building it twice.
    """
    files = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=files / "media", PRIVATE_ROOT=files / "private"),
        around_tests(),
    ):
        forget_lexicon()
        set_up_site(vocabulary=False, translations=False)
        built = build_world()
        with django_db_blocker.block():
            yield built, files
        transaction.set_rollback(True)


@pytest.fixture
def world(built_world, db, settings, tmp_path) -> World:
    """A copy to change at will; rows and files are as they were built."""
    built, files = built_world
    shutil.copytree(files, tmp_path / "files")
    settings.MEDIA_ROOT = tmp_path / "files" / "media"
    settings.PRIVATE_ROOT = tmp_path / "files" / "private"
    if connection.vendor != "sqlite":  # the index has a file that no savepoint knows
        refill(engines()["embedded"])
    return copy.deepcopy(built)
