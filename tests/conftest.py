"""What every test may lean on."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from cms.catalogues import compile_catalogues
from payments import triggers


def pytest_configure(config: pytest.Config) -> None:
    """Texts are compiled before the first of them is asked for."""
    compile_catalogues(settings.BASE_DIR)


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
    if connection.vendor != "sqlite":
        _empty_engine()


def _empty_engine() -> None:
    from search.engines import engines

    health = engines()["embedded"].health()
    if health.is_broken or health.documents:
        engines()["embedded"].rebuild([])


@pytest.fixture(autouse=True)
def in_english():
    """A page in another language leaves that language active in its thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def site_tree(db):
    """Locales, site, pages, groups and the review; as after `setup_site`.

    Tests with `transaction=True` flush them, so every test that needs them asks.
    """
    from cms.site_setup import set_up_site
    from cms.site_setup.tree import set_up_tree

    set_up_site(vocabulary=False, translations=False)
    return set_up_tree()


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_guards_of_the_ledger() -> Iterator[None]:
    """SQLite's flush deletes row by row and would meet the guard against DELETE."""
    flush = TransactionTestCase._fixture_teardown

    def flush_unguarded(case: TransactionTestCase) -> None:
        if connection.vendor != "sqlite":
            flush(case)
            return
        with connection.schema_editor() as editor:
            triggers.lift(editor)
        flush(case)
        with connection.schema_editor() as editor:
            triggers.install(editor)
        _empty_engine()  # its tables are none of Django's, so no flush knows them

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_unguarded)
        yield
