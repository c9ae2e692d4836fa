"""Fixtures: one world a folder, given back to each test as it was built."""

import copy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from django.db import connection, transaction
from django.test import override_settings

from cms.site_setup import set_up_site
from search.engines import engines
from search.lexicon import forget_lexicon
from search.rebuilding import refill
from tests.built import around_tests
from tests.security.world import World, build_world

Scope = Literal["module", "package"]


def built_once(scope: Scope) -> Callable[..., Iterator]:
    """The fixture of the world and the folder of its files, in a transaction of its own.

    Each test runs in a savepoint of it, so that nobody pays for building it twice. The
    scope is "package" in a conftest and "module" in a module: pytest takes the first for
    the whole run where a module defines it.
    """

    def built_world(
        django_db_setup, django_db_blocker, tmp_path_factory
    ) -> Iterator[tuple[World, Path]]:
        files = tmp_path_factory.mktemp("files")
        with (
            django_db_blocker.unblock(),
            override_settings(
                MEDIA_ROOT=files / "media", PRIVATE_ROOT=files / "private"
            ),
            around_tests(),
        ):
            forget_lexicon()
            set_up_site(vocabulary=False, translations=False)
            built = build_world()
            with django_db_blocker.block():
                yield built, files
            transaction.set_rollback(True)

    return pytest.fixture(scope=scope)(built_world)


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
