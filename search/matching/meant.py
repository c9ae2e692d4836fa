"""What the words of a question may mean, and what each meaning weighs in the score.

A word weighs what its commonest meaning does, as with forms of a word; one that may be a
name half of that, since other words sound like it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.codes import is_section
from search.names import RARE
from search.needs import Need
from search.vectors import FieldStatistics, key_of, positions_of

from .lexical import inverse_frequency

BY_ITS_SOUND = 0.5
"""How much of its weight a word has that may be a name: other words sound like it."""
BY_A_COMMON_SOUND = 0.25
BY_ITS_CODE = 0.6
"""How much of a concept is met by a listing that only bears a code it means."""


class OtherWord(NamedTuple):
    """A word's position, its weight when said in another one, and what it may mean."""

    place: int
    weight: float
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class MeantWord:
    """A word by all it may mean: any of its concepts meets it, any of its codes in part."""

    weight: float
    concepts: frozenset[str]
    codes: frozenset[str]
    share: float = BY_ITS_CODE


def other_words(
    need: Need, weights: Sequence[float], statistics: FieldStatistics
) -> list[OtherWord]:
    """The words that a text may say otherwise, by the places of their positions."""
    # As ``positions_of`` merges: equal words are one position.
    alone = {
        positions_of([forms])[0].keys: concepts
        for forms, concepts in zip(need.words, need.alone, strict=False)
    }
    return [
        OtherWord(place, min(weight, commonest), concepts)
        for (place, weight), concepts in zip(
            enumerate(weights), alone.values(), strict=False
        )
        if concepts
        for commonest in [inverse_frequency(list(map(key_of, concepts)), statistics)]
    ]


def meant_words(need: Need, statistics: FieldStatistics) -> list[MeantWord]:
    """Each word weighs what its commonest meaning does, as with forms of a word."""
    return _weighed_sounds(need, statistics) + [
        MeantWord(
            inverse_frequency([key_of(one.term) for one in meanings], statistics),
            frozenset(one.term for one in meanings),
            frozenset(
                code for one in meanings for code in one.codes if not is_section(code)
            ),
        )
        for meanings in need.meanings
    ]


def _weighed_sounds(need: Need, statistics: FieldStatistics) -> list[MeantWord]:
    """Words that may be names, as far as some text sounds like them."""
    words = []
    for terms in need.sounds:
        counts = {term: statistics.df(key_of(term)) for term in terms}
        if heard := {term for term, df in counts.items() if df}:
            rare = frozenset(term for term in heard if counts[term] <= RARE)
            weight = inverse_frequency([key_of(term) for term in terms], statistics)
            common = frozenset(heard - rare)
            words.append(
                MeantWord(BY_ITS_SOUND * weight, rare, common, share=BY_A_COMMON_SOUND)
            )
    return words
