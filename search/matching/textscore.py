"""The exact score of a listing for a line in the search box.

S = max(L + 0.05 * concept, 0.2 * concept), for the better of the listing's two texts. L is the lexical
score, in which a word that the text says in another one (`saved`: `rescued`) weighs what the commonest
of its meanings does, at most its own weight. concept is the share of the question's known words of which the text
speaks in whatever words; one of several meanings is met by any of them, and a word that may be a name by one
that sounds like it in any alphabet, for half of its weight. Where words
meet, concepts are but those words once more and break near ties; where none do, as between languages, they
carry the listing alone.
"""

from collections.abc import Iterable
from typing import NamedTuple

from search.frequencies import Frequencies
from search.models import Field
from search.needs import Need, Side
from search.vectors import entries_of, gram_positions, key_of, positions_of, unpack

from .lexical import LexicalQuery, blend
from .meant import meant_words, other_words

CONCEPT_BESIDE_WORDS = 0.05
CONCEPT_ALONE = 0.2
BEST_BY_GRAMS = 100
LEAST_BY_LIKENESS = 0.15
"""Below this, a text found by words like those asked for merely resembles."""


class _Fields(NamedTuple):
    """Where one text of a listing is counted."""

    words: Field
    grams: Field
    codes: Field


_FIELDS = (
    _Fields(Field.OFFER_WORDS, Field.OFFER_GRAMS, Field.OFFER_CODES),
    _Fields(Field.NEED_WORDS, Field.NEED_GRAMS, Field.NEED_CODES),
)
_ASKED = {Side.OFFERS: (0,), Side.NEEDS: (1,), Side.BOTH: (0, 1)}


# Made for every candidate of every question: tuples, since making a frozen dataclass
# takes several times as long.
class VectorsOfSide(NamedTuple):
    """Packed vectors, lengths and codes of one text of a listing, as stored."""

    words: bytes = b""
    length: int = 0
    grams: bytes = b""
    gram_length: int = 0
    codes: str = ""


class Vectors(NamedTuple):
    """What the score reads of one listing."""

    id: int
    offer: VectorsOfSide
    need: VectorsOfSide = VectorsOfSide()

    @property
    def sides(self) -> tuple[VectorsOfSide, VectorsOfSide]:
        return self.offer, self.need


class Scored(NamedTuple):
    """A listing with its score, and the parts of it; ``words`` are those as written."""

    id: int
    score: float
    words: float = 0.0
    concept: float = 0.0

    @property
    def by_words(self) -> float:
        """The score were no word to count that is said in another one."""
        return _with_concept(self.words, self.concept)


class TextScore:
    """One question, bound to the frequencies of the texts that are to answer it."""

    def __init__(
        self, need: Need, frequencies: Frequencies, *, required: Iterable[str] = ()
    ) -> None:
        words, grams = positions_of(need.words), gram_positions(need.grams)
        of = frequencies.of
        self.asked = _ASKED[need.side]
        self.lexical = {
            number: LexicalQuery.of(
                words, grams, of(_FIELDS[number].words), of(_FIELDS[number].grams)
            )
            for number in self.asked
        }
        self.meanings = {
            number: meant_words(need, of(_FIELDS[number].codes))
            for number in self.asked
        }
        self.otherwise = {
            number: other_words(
                need, self.lexical[number].words.weights, of(_FIELDS[number].codes)
            )
            for number in self.asked
        }
        # Of what a text is about, all that this question can be met by.
        self.codes = {
            number: frozenset[str]().union(
                *(word.concepts | word.codes for word in self.meanings[number]),
                *(word.concepts for word in self.otherwise[number]),
            )
            for number in self.asked
        }
        self.required = [frozenset(entries_of(key_of(word))) for word in required]

    def look(self, vectors: Vectors) -> "Look":
        """Words and concept of each text that is asked, and the better score of them.

        3-grams are not compared.
        """
        best, sides, both = None, [], vectors.sides
        for number in self.asked:
            seen = self._seen(number, both[number])
            score = _with_concept(blend(seen.meant, 0), seen.concept)
            sides.append(seen)
            if best is None or score > best.score:
                best = Scored(vectors.id, score, blend(seen.words, 0), seen.concept)
        assert best is not None  # noqa: S101 - some text is always asked
        return Look(vectors, sides, best)

    def exactly(self, look: "Look") -> Scored:
        """The full score of the better text; one that shares nothing yet needs all."""
        sides = [side for side in look.sides if side.words or side.concept]
        sides = sides or look.sides
        if len(sides) == 1:
            return self._scored(look.vectors, sides[0])
        return max(
            (self._scored(look.vectors, side) for side in sides),
            key=lambda scored: scored.score,
        )

    def allows(self, vectors: Vectors) -> bool:
        """Whether every word that must be there is there."""
        if not self.required:
            return True
        there = {entry for side in vectors.sides for entry in unpack(side.words)}
        return all(not entries.isdisjoint(there) for entries in self.required)

    def _scored(self, vectors: Vectors, seen: "Seen") -> Scored:
        side = vectors.sides[seen.number]
        bm25 = self.lexical[seen.number].grams
        grams = bm25.share(unpack(side.grams), side.gram_length)
        score = _with_concept(blend(seen.meant, grams), seen.concept)
        return Scored(vectors.id, score, blend(seen.words, grams), seen.concept)

    def _seen(self, number: int, side: VectorsOfSide) -> "Seen":
        asked = self.codes[number]
        codes = asked.intersection(side.codes.split()) if asked else asked
        words = meant = 0.0
        if side.length:
            otherwise = [
                (place, weight)
                for place, weight, concepts in self.otherwise[number]
                if not concepts.isdisjoint(codes)
            ]
            bm25, vector = self.lexical[number].words, unpack(side.words)
            words, meant = bm25.shares(vector, side.length, otherwise)
        return Seen(number, words, meant, self._concept(number, codes))

    def _concept(self, number: int, codes: frozenset[str]) -> float:
        words = self.meanings[number]
        if not words or not codes:
            return 0.0
        met = 0.0
        for word in words:
            if not word.concepts.isdisjoint(codes):
                met += word.weight
            elif not word.codes.isdisjoint(codes):
                met += word.share * word.weight
        return met / sum(word.weight for word in words)


class Seen(NamedTuple):
    """A text by its number: the share of its words as written, that with other words
    for them, and the share of what is meant."""

    number: int
    words: float
    meant: float
    concept: float


class Look(NamedTuple):
    """A listing with what was seen of each of its texts that is asked, and its score so
    far."""

    vectors: Vectors
    sides: list[Seen]
    scored: Scored


def ranked(
    score: TextScore, candidates: Iterable[Vectors], *, by_likeness: bool = False
) -> list[Scored]:
    """Candidates best first, equal ones by id.

    3-grams are compared for the best hundred by words and concept, the rest follow in
    that order; where words like those asked for named candidates, for all, and those
    that merely resemble are left out.
    """
    looks = [score.look(vectors) for vectors in candidates if score.allows(vectors)]
    if by_likeness:
        kept = [
            scored
            for scored in map(score.exactly, looks)
            if scored.score >= LEAST_BY_LIKENESS or scored.concept
        ]
        return sorted(kept, key=_best_first)
    looks.sort(key=lambda look: _best_first(look.scored))
    best = [score.exactly(look) for look in looks[:BEST_BY_GRAMS]]
    rest = [look.scored for look in looks[BEST_BY_GRAMS:]]
    return sorted(best, key=_best_first) + rest


def _with_concept(lexical: float, concept: float) -> float:
    return max(lexical + CONCEPT_BESIDE_WORDS * concept, CONCEPT_ALONE * concept)


def _best_first(scored: Scored) -> tuple[float, int]:
    return -scored.score, scored.id
