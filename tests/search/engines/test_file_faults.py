"""A damaged, missing or locked file of the embedded engine: seen, replaced, survived."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from search.drift import mend
from search.engines import engines, get_engine
from search.engines.embedded.engine import EmbeddedEngine
from search.exceptions import EngineUnavailable
from search.indexing import drain, record_changes
from search.models import EngineCheck
from search.queries import Query
from tests.factories import make_listing

from .contract import asking, make_document

TITLE = "Bread ovens"
ASKED = Query(terms=("bread",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "search.sqlite3"


@pytest.fixture
def site(settings, path: Path) -> Iterator[Path]:
    """A site whose engine has a file of its own, and the rows as its reserve."""
    settings.SEARCH_ENGINE = {
        "BACKEND": "search.engines.embedded.engine.EmbeddedEngine",
        "OPTIONS": {"PATH": str(path)},
        "FALLBACK": {"BACKEND": "search.engines.rows.RowsEngine"},
    }
    yield path
    engines()["embedded"].close()  # type: ignore[attr-defined]


def indexed() -> int:
    listing = make_listing(title=TITLE)
    record_changes([listing.pk], "published")
    drain()
    return listing.pk


def leave(path: Path) -> None:
    """Lets go of the file and brings its journal home, as when the last process ends."""
    engines()["embedded"].close()  # type: ignore[attr-defined]
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.django_db
def test_a_new_file_answers_from_the_rows_until_it_is_filled(site):
    pk = indexed()
    results = get_engine().search(ASKED)
    assert (results.ids, results.degraded) == ((pk,), True)
    assert mend() == ["embedded"]
    results = get_engine().search(ASKED)
    assert (results.ids, results.degraded) == ((pk,), False)
    assert mend() == []


def _cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _cut_to_nothing(path: Path) -> None:
    path.resolve().write_bytes(b"")


def _garble_head(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"not a database at all")


def _remove(path: Path) -> None:
    path.resolve().unlink()


def _remove_link(path: Path) -> None:
    path.unlink()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "damage", [_cut, _cut_to_nothing, _garble_head, _remove, _remove_link]
)
def test_damage_is_seen_at_open_and_search_goes_on_from_the_rows(site, damage):
    pk = indexed()
    mend()
    leave(site)
    damage(site)
    results = get_engine().search(ASKED)
    assert (results.ids, results.degraded) == ((pk,), True)
    assert mend() == ["embedded"]
    for _ in range(4):  # a trial closes the breaker
        get_engine().search(ASKED)
    later = indexed()
    found = engines()["embedded"].search(ASKED).ids
    assert set(found) == {pk, later}
    assert EngineCheck.objects.get(engine="embedded").busy_until is None


def test_another_process_finds_the_new_file_by_itself(path: Path):
    first, second = EmbeddedEngine(PATH=path), EmbeddedEngine(PATH=path)
    first.rebuild([make_document(1, "bread")])
    assert second.search(asking("bread")).ids == (1,)
    first.store.start_anew()
    first.rebuild([make_document(2, "bread")])
    assert second.search(asking("bread")).ids == (2,)
    second.put([make_document(3, "bread")])
    assert set(first.search(asking("bread")).ids) == {2, 3}
    assert len(list(path.parent.glob("search*.sqlite3"))) == 2  # the link and the file


def test_flipped_bits_are_harmless_or_seen_by_the_thorough_check(path: Path):
    """Flips anywhere in the file; an answer that changed must not pass as healthy."""
    words = [f"word{number}" for number in range(60)]
    random = Random(5)
    documents = [
        make_document(number, " ".join(random.sample(words, 12)))
        for number in range(1, 301)
    ]
    asked = [asking(" ".join(random.sample(words, 3))) for _ in range(20)]
    engine = EmbeddedEngine(PATH=path)
    engine.rebuild(documents)
    truth = [engine.search(query).ids for query in asked]
    engine.close()
    whole = path.read_bytes()
    seen = changed = 0
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(8):
            damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
        path.write_bytes(damaged)
        engine = EmbeddedEngine(PATH=path)
        try:
            same = [engine.search(query).ids for query in asked] == truth
        except EngineUnavailable:
            same = False
        is_seen = not engine.health(thorough=True).ok
        engine.close()
        assert same or is_seen
        seen += is_seen
        changed += not same
    assert seen >= 40
    assert changed


def test_a_file_with_flipped_bits_is_made_anew(path: Path):
    engine = EmbeddedEngine(PATH=path)
    documents = [
        make_document(number, f"bread word{number}") for number in range(1, 99)
    ]
    engine.rebuild(documents)
    engine.close()
    damaged = bytearray(path.read_bytes())
    for place in range(5_000, len(damaged), 700):
        damaged[place] ^= 255
    path.write_bytes(damaged)
    assert engine.health(thorough=True).is_broken
    engine.rebuild(documents)
    assert engine.health(thorough=True).ok
    assert len(engine.search(asking("bread")).ids) == 98


def test_a_locked_file_is_read_and_its_writers_wait_or_give_up(path: Path, monkeypatch):
    monkeypatch.setattr("search.engines.embedded.store.WRITING", 50)
    engine = EmbeddedEngine(PATH=path)
    engine.rebuild([make_document(1, "bread")])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert engine.search(asking("bread")).ids == (1,)
        with pytest.raises(EngineUnavailable):
            engine.put([make_document(2, "bread")])
        assert not engine.health(thorough=True).is_broken
        other.execute("ROLLBACK")
    engine.put([make_document(2, "bread")])
    assert len(engine.search(asking("bread")).ids) == 2


def test_a_folder_that_cannot_be_written_is_no_crash(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    engine = EmbeddedEngine(PATH=tmp_path / "file" / "search.sqlite3")
    with pytest.raises(EngineUnavailable):
        engine.search(asking("bread"))
    assert not engine.health().ok
