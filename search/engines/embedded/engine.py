"""The engine that needs no server: SQLite's FTS5 over terms of our own analyser."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from search.documents import ListingDocument
from search.engines.base import EngineHealth, Results
from search.exceptions import EngineUnavailable, IndexBroken
from search.queries import Query

from . import schema
from .match import statement
from .store import DjangoStore, FileStore, Store

_BATCH = 500
_BATCH_OF_REBUILD = 1_000
_MOST_STEPS = 1_000


class EmbeddedEngine:
    """Keeps its tables in Django's SQLite file, or in the file named by ``PATH``.

    A file of its own serves one web host. It is made when it is first needed, and
    answers once a rebuild has filled it.
    """

    name = "embedded"
    is_remote = False

    def __init__(self, *, PATH: str | Path = "", DATABASE: str = "default") -> None:  # noqa: N803
        self.store: Store
        if PATH:
            self.store = FileStore(PATH)
        elif connections[DATABASE].vendor == "sqlite":
            self.store = DjangoStore(DATABASE)
        else:
            raise ImproperlyConfigured(
                "The embedded engine needs SQLite: name a file in "
                'SEARCH_ENGINE["OPTIONS"]["PATH"].'
            )

    def put(self, documents: Iterable[ListingDocument]) -> None:
        """Makes documents findable; also in a rebuild that is under way."""
        for batch in _batches(documents):
            with self.store.changing():
                for suffix in self._suffixes():
                    self._put(batch, suffix)

    def remove(self, ids: Iterable[int]) -> None:
        """Takes listings out of the live tables and of those being built."""
        rows = [(listing_id,) for listing_id in ids]
        with self.store.changing():
            for suffix in self._suffixes():
                for table in schema.TABLES:
                    self.store.write(schema.delete(table, suffix), rows)

    def search(self, query: Query) -> Results:
        """The best candidates by FTS5's own bm25."""
        if query.is_empty:
            return Results()
        self.store.require_filled()
        rows = self.store.read(*statement(query))
        return Results(tuple(row[0] for row in rows))

    def health(self, *, thorough: bool = False) -> EngineHealth:
        """Whether the tables can be read, and how many listings they hold."""
        try:
            self.store.require_filled()
            if thorough:
                self.store.check()
                with self.store.changing():
                    self._run(schema.integrity())
            rows = self.store.read("SELECT COUNT(*) FROM search_versions")
        except IndexBroken as error:
            return EngineHealth(ok=False, detail=str(error), is_broken=True)
        except EngineUnavailable as error:
            return EngineHealth(ok=False, detail=str(error))
        return EngineHealth(ok=True, documents=rows[0][0])

    def rebuild(self, documents: Iterable[ListingDocument]) -> None:
        """Fills new tables in batches while the old ones answer, then renames them.

        Where the old ones are damaged, empty ones take their place first.
        """
        if self.health(thorough=True).is_broken:
            self.store.start_anew()
        with self.store.changing():
            self._run(schema.drop(schema.NEXT))
            self._run(schema.create(schema.NEXT))
            self._run(schema.hash_size(schema.NEXT, schema.HASH_SIZE_OF_REBUILD))
        for batch in _batches(documents, _BATCH_OF_REBUILD):
            with self.store.changing():
                self._put(batch, schema.NEXT)
        for table in schema.FULL_TEXT:
            self._merge(table, schema.NEXT)
        with self.store.changing():
            self._run(schema.hash_size(schema.NEXT, schema.USUAL_HASH_SIZE))
            self._run(schema.switch())
            self.store.note_filled()

    def versions(self) -> Iterator[tuple[int, int]]:
        """Id and version of every document held."""
        rows = self.store.read("SELECT id, version FROM search_versions ORDER BY id")
        yield from ((row[0], row[1]) for row in rows)

    def close(self) -> None:
        """Lets go of this thread's connection to a file of its own."""
        if isinstance(self.store, FileStore):
            self.store.close()

    def forget(self) -> None:
        """Lets go of the file for good; its folder goes with whoever made it."""
        self.close()

    def _put(self, documents: Sequence[ListingDocument], suffix: str) -> None:
        known = self._known_versions([document.id for document in documents], suffix)
        fresh = [
            document
            for document in {document.id: document for document in documents}.values()
            if document.version >= known.get(document.id, -1)
        ]
        old = [(document.id,) for document in fresh if document.id in known]
        for table in schema.TABLES:
            if old:
                self.store.write(schema.delete(table, suffix), old)
        for table, rows in _rows(fresh).items():
            self.store.write(schema.insert(table, suffix), rows)
        self.store.write(
            f"INSERT INTO search_versions{suffix} (id, version) VALUES (%s, %s)",  # noqa: S608
            [(document.id, document.version) for document in fresh],
        )

    def _merge(self, table: str, suffix: str) -> None:
        """Makes an inverted index whole, in steps between which others write."""
        for step in range(_MOST_STEPS):
            if self.store.read(schema.segments(table, suffix))[0][0] <= 1:
                break
            with self.store.changing():
                self.store.write(schema.merge(table, suffix, begin=not step))

    def _known_versions(self, ids: list[int], suffix: str) -> dict[int, int]:
        marks = ", ".join(["%s"] * len(ids))
        sql = f"SELECT id, version FROM search_versions{suffix} WHERE id IN ({marks})"  # noqa: S608
        return {row[0]: row[1] for row in self.store.read(sql, ids)}

    def _suffixes(self) -> list[str]:
        building = self.store.read(
            "SELECT 1 FROM sqlite_master WHERE name = %s",
            [f"search_versions{schema.NEXT}"],
        )
        return [schema.LIVE, schema.NEXT] if building else [schema.LIVE]

    def _run(self, statements: Iterable[str]) -> None:
        for sql in statements:
            self.store.write(sql)


def _rows(documents: Iterable[ListingDocument]) -> dict[str, list[tuple[object, ...]]]:
    """What goes into each full-text table; a side without text or codes is left out."""
    offers: list[tuple[object, ...]] = []
    needs: list[tuple[object, ...]] = []
    for document in documents:
        meta = " ".join(document.gates)
        sides = (
            (offers, document.offer_terms, document.offer_codes),
            (needs, document.need_terms, document.need_codes),
        )
        for rows, terms, codes in sides:
            if terms or codes:
                rows.append((document.id, terms, " ".join(codes), meta))
    return {"search_fts": offers, "search_needs": needs}


def _batches(
    documents: Iterable[ListingDocument], size: int = _BATCH
) -> Iterator[list[ListingDocument]]:
    remaining = iter(documents)
    while batch := list(islice(remaining, size)):
        yield batch
