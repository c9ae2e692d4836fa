"""An index of its own for an evaluation, gone when it is over.

The product's analysis, engine, frequencies and score, on vectors in a SQLite file;
only the site's tables are not touched.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from marketplace.progress import QUIET, Progress
from search.analysis import analyse
from search.documents import ListingDocument, read_codes, surfaces_of, terms_of
from search.engines import Engine, EngineHealth, Results, scratch_engine
from search.frequencies import Frequencies, Tally
from search.indexed import row_of, tally_of
from search.lexicon import Lexicon
from search.matching.textscore import Vectors, VectorsOfSide
from search.matching.textsearch import TextResults, answer
from search.needs import need_of_text
from search.queries import Query
from search.vocabulary import MOST_LETTERS_APART, bounds_of, likest


class TimedEngine:
    """An engine that remembers how long its last search took, in milliseconds."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name, self.is_remote = engine.name, engine.is_remote
        self.milliseconds = 0.0

    def search(self, query: Query) -> Results:
        began = perf_counter()
        results = self.engine.search(query)
        self.milliseconds += 1000 * (perf_counter() - began)
        return results

    def put(self, documents: Iterable[ListingDocument]) -> None:
        self.engine.put(documents)

    def remove(self, ids: Iterable[int]) -> None:
        self.engine.remove(ids)

    def rebuild(self, documents: Iterable[ListingDocument]) -> None:
        self.engine.rebuild(documents)

    def versions(self) -> Iterator[tuple[int, int]]:
        return self.engine.versions()

    def health(self, *, thorough: bool = False) -> EngineHealth:
        return self.engine.health(thorough=thorough)


class ScratchIndex:
    """Documents by number, found as the search box finds listings."""

    def __init__(self, engine: Engine, path: Path, lexicon: Lexicon) -> None:
        self.engine = TimedEngine(engine)
        self.lexicon = lexicon
        self.rows = sqlite3.connect(path)
        self.rows.execute(
            "CREATE TABLE vectors (id INTEGER PRIMARY KEY, words BLOB, length INTEGER, "
            "grams BLOB, gram_length INTEGER, codes TEXT)"
        )
        self.tally = Tally()
        self.frequencies = Frequencies()
        self.words: set[str] = set()
        self.by_bound: dict[str, list[str]] = defaultdict(list)

    def fill(self, texts: Sequence[str], progress: Progress = QUIET) -> None:
        """Indexes texts as offers; their numbers are their places in the sequence."""
        documents = self._kept(texts)
        self.engine.rebuild(progress.over(documents, "indexing", len(texts)))
        self.rows.commit()
        self.frequencies = self.tally.frequencies()

    def search(self, text: str) -> TextResults:
        """What the search box would find; everything is visible here."""
        self.engine.milliseconds = 0.0
        need = need_of_text(text, self.lexicon)
        return answer(need, self.frequencies, self._read, self.engine, self)

    def like(self, words: Collection[str]) -> list[str]:
        """Words of these texts that resemble those asked for."""
        near = {
            other
            for word in words
            for bound in _bounds(word)
            for other in self.by_bound[bound]
            if abs(len(other) - len(word)) <= MOST_LETTERS_APART
        }
        return likest(words, near)

    def frequencies_of(self, keys: Collection[int]) -> Frequencies:
        """How common they are here."""
        return self.frequencies

    def _kept(self, texts: Sequence[str]) -> Iterator[ListingDocument]:
        for number, text in enumerate(texts):
            document = _document(number, text, self.lexicon)
            self._keep(document)
            yield document

    def _keep(self, document: ListingDocument) -> None:
        row = row_of(document)
        tally_of(row, self.tally)
        for word in surfaces_of(document.offer_terms):
            if word not in self.words:
                self.words.add(word)
                for bound in _bounds(word):
                    self.by_bound[bound].append(word)
        self.rows.execute(
            "INSERT INTO vectors VALUES (?, ?, ?, ?, ?, ?)",
            (
                document.id,
                row.offer_words,
                row.offer_length,
                row.offer_grams,
                row.offer_gram_length,
                row.offer_codes,
            ),
        )

    def _read(self, ids: Sequence[int]) -> list[Vectors]:
        marks = ", ".join("?" * len(ids))
        sql = f"SELECT * FROM vectors WHERE id IN ({marks})"  # noqa: S608
        rows = self.rows.execute(sql, list(ids))
        return [Vectors(row[0], VectorsOfSide(*row[1:])) for row in rows]


@contextmanager
def scratch_index(lexicon: Lexicon, engine: str = "embedded") -> Iterator[ScratchIndex]:
    """An empty index on the engine of this name, removed at the end."""
    with (
        TemporaryDirectory(prefix="evaluation-") as folder,
        scratch_engine(engine, Path(folder)) as made,
    ):
        index = ScratchIndex(made, Path(folder) / "vectors.sqlite3", lexicon)
        try:
            yield index
        finally:
            index.rows.close()


def _bounds(word: str) -> tuple[str, str]:
    beginning, ending = bounds_of(word)
    return f"{beginning}…", f"…{ending}"


def _document(number: int, text: str, lexicon: Lexicon) -> ListingDocument:
    words = analyse(text)
    return ListingDocument(
        id=number,
        version=1,
        kind="offer",
        side="",
        offer_terms=terms_of(words),
        offer_codes=read_codes(words, lexicon),
    )
