"""The exact score of a listing for a line in the search box.

S = L + 0.25 * concept, for the better of the listing's two texts. L is the lexical
score, concept the share of the question's concepts that the text speaks of.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from search.codes import is_section
from search.frequencies import Frequencies
from search.models import Field
from search.needs import Need, Side
from search.vectors import (
    FieldStatistics,
    entries_of,
    gram_positions,
    key_of,
    positions_of,
    unpack,
)

from .lexical import LexicalQuery, blend, inverse_frequency

CONCEPT_WEIGHT = 0.25
BY_ITS_CODE = 0.6
"""How much of a concept is met by a listing that only bears a code it means."""
BEST_BY_GRAMS = 100
LEAST_BY_GRAMS = 0.15
"""Below this, a text found by 3-grams alone merely resembles."""


_ASKED = {Side.OFFERS: (0,), Side.NEEDS: (1,), Side.BOTH: (0, 1)}


@dataclass(frozen=True, slots=True)
class VectorsOfSide:
    """Packed vectors, lengths and codes of one text of a listing, as stored."""

    words: bytes = b""
    length: int = 0
    grams: bytes = b""
    gram_length: int = 0
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Vectors:
    """What the score reads of one listing."""

    id: int
    offer: VectorsOfSide
    need: VectorsOfSide = VectorsOfSide()

    @property
    def sides(self) -> tuple[VectorsOfSide, VectorsOfSide]:
        return self.offer, self.need


@dataclass(frozen=True, slots=True)
class Scored:
    """A listing with its score, and the parts of it."""

    id: int
    score: float
    words: float = 0.0
    concept: float = 0.0


@dataclass(frozen=True, slots=True)
class _Concept:
    weight: float
    term: str
    codes: frozenset[str]


class TextScore:
    """One question, bound to the frequencies of both texts of a listing."""

    def __init__(
        self, need: Need, frequencies: Frequencies, *, required: Iterable[str] = ()
    ) -> None:
        words, grams = positions_of(need.words), gram_positions(need.grams)
        of = frequencies.of
        self.lexical = (
            LexicalQuery.of(words, grams, of(Field.OFFER_WORDS), of(Field.OFFER_GRAMS)),
            LexicalQuery.of(words, grams, of(Field.NEED_WORDS), of(Field.NEED_GRAMS)),
        )
        self.concepts = (
            _weighed(need, of(Field.OFFER_CODES)),
            _weighed(need, of(Field.NEED_CODES)),
        )
        self.asked = _ASKED[need.side]
        self.required = [frozenset(entries_of(key_of(word))) for word in required]

    def first_look(self, vectors: Vectors) -> tuple[float, float]:
        """Words and concept of the better text, without 3-grams; each may be 0."""
        return max(
            (
                (
                    self._words(number, vectors.sides[number]),
                    self._concept(number, vectors.sides[number]),
                )
                for number in self.asked
            ),
            key=lambda parts: 0.5 * parts[0] + CONCEPT_WEIGHT * parts[1],
        )

    def exactly(self, vectors: Vectors) -> Scored:
        """The full score, 3-grams included."""
        return max(
            (
                self._scored(vectors.id, number, vectors.sides[number])
                for number in self.asked
            ),
            key=lambda scored: scored.score,
        )

    def allows(self, vectors: Vectors) -> bool:
        """Whether every word that must be there is there."""
        if not self.required:
            return True
        there = {entry for side in vectors.sides for entry in unpack(side.words)}
        return all(not entries.isdisjoint(there) for entries in self.required)

    def _scored(self, listing_id: int, number: int, side: VectorsOfSide) -> Scored:
        grams = self.lexical[number].grams.share(unpack(side.grams), side.gram_length)
        words = blend(self._words(number, side), grams)
        concept = self._concept(number, side)
        return Scored(listing_id, words + CONCEPT_WEIGHT * concept, words, concept)

    def _words(self, number: int, side: VectorsOfSide) -> float:
        if not side.length:
            return 0.0
        return self.lexical[number].words.share(unpack(side.words), side.length)

    def _concept(self, number: int, side: VectorsOfSide) -> float:
        concepts = self.concepts[number]
        if not concepts or not side.codes:
            return 0.0
        total = sum(concept.weight for concept in concepts)
        codes = set(side.codes.split())
        met = 0.0
        for concept in concepts:
            if concept.term in codes:
                met += concept.weight
            elif not concept.codes.isdisjoint(codes):
                met += BY_ITS_CODE * concept.weight
        return met / total


def ranked(
    score: TextScore, candidates: Iterable[Vectors], *, by_grams: bool = False
) -> list[Scored]:
    """Candidates best first, equal ones by id.

    3-grams are compared for the best hundred by words and concept, the rest follow in
    that order; where 3-grams named the candidates, for all, and those that merely
    resemble are left out.
    """
    allowed = [vectors for vectors in candidates if score.allows(vectors)]
    if by_grams:
        exact = map(score.exactly, allowed)
        kept = [
            scored
            for scored in exact
            if scored.score >= LEAST_BY_GRAMS or scored.concept
        ]
        return sorted(kept, key=_best_first)
    looks = {vectors.id: score.first_look(vectors) for vectors in allowed}
    first = sorted(
        (
            Scored(listing_id, 0.5 * words + CONCEPT_WEIGHT * concept, words, concept)
            for listing_id, (words, concept) in looks.items()
        ),
        key=_best_first,
    )
    by_id = {vectors.id: vectors for vectors in allowed}
    best = [score.exactly(by_id[scored.id]) for scored in first[:BEST_BY_GRAMS]]
    return sorted(best, key=_best_first) + first[BEST_BY_GRAMS:]


def _best_first(scored: Scored) -> tuple[float, int]:
    return -scored.score, scored.id


def _weighed(need: Need, statistics: FieldStatistics) -> list[_Concept]:
    return [
        _Concept(
            inverse_frequency((key_of(concept.term),), statistics),
            concept.term,
            frozenset(code for code in concept.codes if not is_section(code)),
        )
        for concept in need.concepts
    ]
