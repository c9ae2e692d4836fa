"""What every test may lean on."""

import copy
import gc
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from cms.catalogues import compile_catalogues
from cms.site_setup import set_up_site
from cms.site_setup.tree import Translations, set_up_tree
from marketplace.people import limits
from search import lexicon
from search.engines import engines
from search.matching import wording
from tests.built import once_a_module
from tests.databases import bring_back, forget_template, start_from_template

SAFETY = Path(__file__).parent / "security"


def pytest_configure(config: pytest.Config) -> None:
    """Texts are compiled before the first of them is asked for."""
    compile_catalogues(settings.BASE_DIR)
    if config.option.create_db and not hasattr(config, "workerinput"):
        forget_template()


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """One world serves a folder, so its tests stand together.

    Times taken while other tests run would tell of those, so they are not taken then.
    """
    items.sort(key=lambda item: SAFETY in item.path.parents)
    if hasattr(config, "workerinput"):
        reason = "compares times, so it runs alone: pytest -m timing"
        for item in items:
            if item.get_closest_marker("timing"):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """What five thousand tests are made of stays; let nothing look through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    """Django finds the database there, copied; `--create-db` renews what is copied."""
    return False


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix,
    django_test_environment,
    django_db_blocker,
) -> None:
    """Under the name of this process's own database stands what migrations leave."""
    with django_db_blocker.unblock():
        start_from_template()


@pytest.fixture(autouse=True)
def english_at_first():
    """The language of one test's last request is not the next one's first."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """Menus and limits of one test are not met by the next."""
    cache.clear()
    caches["limits"].clear()


@pytest.fixture(autouse=True)
def empty_index():
    """Where the index is a file of its own, no test's rollback empties it."""
    if connection.vendor == "sqlite":
        return
    health = engines()["embedded"].health()
    if health.is_broken or health.documents:
        engines()["embedded"].rebuild([])


@once_a_module
def built_tree() -> list[Translations]:
    """The tree, to read; who changes it asks for `site_tree`."""
    set_up_site(vocabulary=False, translations=False)
    return set_up_tree()


@pytest.fixture
def site_tree(built_tree, db) -> list[Translations]:
    """Locales, site, pages, groups and the review, as after `setup_site`, to change."""
    return copy.deepcopy(built_tree)


@pytest.fixture(scope="session", autouse=True)
def _no_minute_ends() -> Iterator[None]:
    """What is counted or kept by the minute falls into one, whenever a test runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "time", SimpleNamespace(time=lambda: 0.0))
        for module in (lexicon, wording):
            patch.setattr(module, "monotonic", lambda: 0.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_flush() -> Iterator[None]:
    """Tests with `transaction=True` leave behind what migrations had left.

    Django's flush would forget it, keep the search index, and meet the guards of the
    ledger.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: bring_back())
        yield
