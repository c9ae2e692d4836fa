"""How well a document's words answer a query: the exact score, 0 to about 1.

BM25 (Robertson, Zaragoza: "The Probabilistic Relevance Framework", 2009) over word
positions, whose alternatives count as one word, and over letter 3-grams; each is
divided by what the query would score at most once per word, then blended half and
half. The same query and vectors give the same score on every engine.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log

from search.vectors import MOST_TF, TF_BITS, FieldStatistics, Position, entries_of


@dataclass(frozen=True, slots=True)
class Saturation:
    """BM25's two parameters: k1 bends repetition, b corrects for length.

    In a sentence a word that comes twice says little more than once, in a page much:
    k1 grows with the mean length of the field, up to what suits long texts.
    """

    least: float
    most: float
    per_length: float
    b: float

    def k1(self, mean_length: float) -> float:
        return min(self.most, max(self.least, mean_length * self.per_length))


WORDS = Saturation(least=0.4, most=1.2, per_length=1 / 80, b=0.75)
GRAMS = Saturation(least=0.3, most=0.9, per_length=1 / 500, b=0.6)


class Bm25:
    """One query's weights against one field; scores documents without a database."""

    def __init__(
        self,
        positions: Sequence[Position],
        statistics: FieldStatistics,
        saturation: Saturation,
    ) -> None:
        self.mean_length = statistics.mean_length or 1.0
        self.k1, self.b = saturation.k1(self.mean_length), saturation.b
        self.weights = [
            position.times * inverse_frequency(position.keys, statistics)
            for position in positions
        ]
        # Words nobody has ever written count too: a text that lacks them answers less.
        self.own_score = sum(self.weights)
        self.places, self.entries = _where(tuple(positions))

    def share(self, vector: Iterable[int], length: int) -> float:
        """The document's score as a share of the query's own; 0 for an empty query.

        ``vector`` holds entries as in ``search.vectors``, ``length`` its positions.
        Repeated words can lift the share above 1.
        """
        return self.shares(vector, length)[0]

    def shares(
        self,
        vector: Iterable[int],
        length: int,
        otherwise: Sequence[tuple[int, float]] = (),
    ) -> tuple[float, float]:
        """The share of the words as they are, and that share with other words for them.

        ``otherwise`` names positions that the document says in other words, and what
        each weighs then; one that is there as it is counts no second time.
        """
        entries = self.entries.intersection(vector)
        if not (entries or otherwise) or not self.own_score:
            return 0.0, 0.0
        found: dict[int, int] = {}
        places = self.places
        for entry in entries:
            tf = entry & MOST_TF
            for place in places[entry >> TF_BITS]:
                found[place] = found.get(place, 0) + tf
        k1, b = self.k1, self.b
        rest = k1 * (1 - b + b * length / self.mean_length)
        score, weights = 0.0, self.weights
        # In order of positions: a set's order must not show in the last bits.
        for place, tf in sorted(found.items()):
            score += weights[place] * tf / (tf + rest)
        more = sum([weight for place, weight in otherwise if place not in found])
        scale = (k1 + 1) / self.own_score
        return score * scale, (score + more / (1 + rest)) * scale


@lru_cache(maxsize=64)
def _where(
    positions: tuple[Position, ...],
) -> tuple[dict[int, list[int]], frozenset[int]]:
    """The places of each key, and every entry by which a vector may hold one.

    Kept, because the same question is put to several fields.
    """
    places: dict[int, list[int]] = {}
    for place, position in enumerate(positions):
        for key in position.keys:
            places.setdefault(key, []).append(place)
    return places, frozenset(chain.from_iterable(map(entries_of, places)))


def inverse_frequency(keys: Sequence[int], statistics: FieldStatistics) -> float:
    """ln(1 + (N - df + 0.5) / (df + 0.5)), df being that of the commonest form."""
    df = max(map(statistics.df, keys))
    # A df counted a moment before N may exceed it while the index is being written.
    return log(1 + max(statistics.documents - df + 0.5, 0.5) / (df + 0.5))


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """A query ready to be compared with documents, by words and by 3-grams."""

    words: Bm25
    grams: Bm25

    @classmethod
    def of(
        cls,
        words: Sequence[Position],
        grams: Sequence[Position],
        word_statistics: FieldStatistics,
        gram_statistics: FieldStatistics,
    ) -> "LexicalQuery":
        """Binds a query's positions to the frequencies of the field it asks."""
        return cls(
            Bm25(words, word_statistics, WORDS), Bm25(grams, gram_statistics, GRAMS)
        )


def blend(words: float, grams: float) -> float:
    """L(q, d): the mean of both shares."""
    return 0.5 * words + 0.5 * grams
