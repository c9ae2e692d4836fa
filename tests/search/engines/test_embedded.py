"""The embedded engine, in Django's file and in one of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.engines import get_engine
from search.engines.embedded import schema
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.loader import build_engine

from .contract import EngineContract, EngineUnderLoad, asking, make_document

needs_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="Django's own file is not SQLite here"
)


@needs_sqlite
@pytest.mark.django_db
class TestInDjangosFile(EngineContract):
    @pytest.fixture
    def engine(self) -> EmbeddedEngine:
        return EmbeddedEngine()


class TestInAFileOfItsOwn(EngineContract, EngineUnderLoad):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[EmbeddedEngine]:
        engine = EmbeddedEngine(PATH=tmp_path / "search.sqlite3")
        engine.rebuild([])
        yield engine
        engine.close()


def test_a_file_of_its_own_keeps_what_it_held(tmp_path: Path):
    path = tmp_path / "search.sqlite3"
    EmbeddedEngine(PATH=path).rebuild([make_document(1, "bread")])
    assert EmbeddedEngine(PATH=path).search(asking("bread")).ids == (1,)


def test_a_rebuilt_index_is_whole(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(schema, "PAGES_MERGED", 2)
    engine = EmbeddedEngine(PATH=tmp_path / "search.sqlite3")
    # Each batch of a rebuild is a part of the index by itself.
    engine.rebuild(make_document(pk, f"bread word{pk}") for pk in range(1, 2_501))
    parts = [engine.store.read(schema.segments(t, "")) for t in schema.FULL_TEXT]
    assert parts[0] == [(1,)]
    assert parts[1][0][0] <= 1
    assert len(engine.search(asking("bread", limit=2_501)).ids) == 2_500
    assert engine.health(thorough=True).ok
    engine.close()


@needs_sqlite
def test_settings_name_the_engine(settings, tmp_path: Path):
    settings.SEARCH_ENGINE = {
        "BACKEND": "search.engines.embedded.engine.EmbeddedEngine",
        "OPTIONS": {"PATH": tmp_path / "own.sqlite3"},
    }
    get_engine().rebuild([])
    assert get_engine().health().ok
    assert (tmp_path / "own.sqlite3").exists()
    assert get_engine() is get_engine()


def test_an_engine_that_cannot_be_imported_is_named():
    with pytest.raises(ImproperlyConfigured, match="no_such_engine"):
        build_engine({"BACKEND": "search.engines.no_such_engine.Engine"})
