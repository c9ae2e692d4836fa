"""The trade words of three languages, and the concepts and codes they stand for.

A concept found in a text becomes a term of its own, so that a Hebrew question and an
Arabic listing meet without a common letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from time import monotonic
from typing import NamedTuple

from marketplace.taxonomy.models import Capability, LexiconEntry
from search.analysis import analyse
from search.codes import capability_term, concept_term, sector_terms

_SHORTEST_ENGLISH_STEM = 3
_SHORTEST_STEM = 4
_SHORTEST_BARE = 4
_NO_FIT = 4
# What Arabic writes together with a word, and the analyser takes off with its ending.
_ARTICLES = frozenset(["و", "ال", "وال", "بال", "وبال", "فال", "كال", "لل", "ولل"])
_SECONDS_TO_KEEP = 60
Word = Sequence[str]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing by whatever word: its own term, and the codes that it means."""

    term: str
    codes: tuple[str, ...] = ()


Meanings = tuple[Concept, ...]
"""What one word may stand for: any of these is meant."""


class _EntryWord(NamedTuple):
    """A word of an entry: as written, without its article, and its stem."""

    surface: str
    bare: str
    stem: str
    # What the analyser may make of it in a text: where to look for it.
    starts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple["_EntryWord", ...]
    concept: Concept


class Lexicon:
    """Finds concepts in analysed text, the longest phrase first."""

    def __init__(self, entries: Iterable[tuple[Concept, Iterable[str]]]) -> None:
        starts: dict[str, dict[_Phrase, None]] = defaultdict(dict)
        for concept, variants in entries:
            for variant in variants:
                words = tuple(map(_entry_word, analyse(variant)))
                if words:
                    phrase = _Phrase(words, concept)
                    for form in words[0].starts:
                        starts[form][phrase] = None
        self._starts = {
            form: sorted(phrases, key=lambda phrase: -len(phrase.words))
            for form, phrases in starts.items()
        }

    def find(self, words: Sequence[Word]) -> tuple[Concept, ...]:
        """The concepts of a text in order of appearance, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(self.meanings(words))))

    def meanings(self, words: Sequence[Word]) -> tuple[Meanings, ...]:
        """What each word or phrase that is known may mean, in order, each once."""
        found: dict[Meanings, None] = {}
        place = 0
        while place < len(words):
            matches = self._longest_at(words, place)
            if matches:
                concepts = (phrase.concept for phrase in matches)
                found[tuple(dict.fromkeys(concepts))] = None
            place += len(matches[0].words) if matches else 1
        return tuple(found)

    def _longest_at(self, words: Sequence[Word], place: int) -> list[_Phrase]:
        """The longest phrases that stand here, of these the closest in form.

        A word that is one entry's own word must not also count as the stem of
        another's: `מסעדה` is a restaurant, though it shares its stem with catering.
        """
        best: list[_Phrase] = []
        closest, length = _NO_FIT, 0
        for form in words[place]:
            for phrase in self._starts.get(form, ()):
                if len(phrase.words) < length:
                    break
                looseness = _looseness(phrase, words, place)
                longer = looseness < _NO_FIT and len(phrase.words) > length
                if longer or looseness < closest:
                    best, closest, length = [], looseness, len(phrase.words)
                if looseness == closest < _NO_FIT:
                    best.append(phrase)
        return list(dict.fromkeys(best))


def _looseness(phrase: _Phrase, words: Sequence[Word], place: int) -> int:
    """How freely the phrase is read here, as its freest word.

    0: the very words; 1: behind a prefix; 2: without an ending; 3: the same stems;
    4: no fit.
    """
    there = words[place : place + len(phrase.words)]
    if len(there) < len(phrase.words):
        return _NO_FIT
    return max(map(_looseness_of_word, there, phrase.words))


def _looseness_of_word(text_word: Word, entry_word: _EntryWord) -> int:
    surface, bare = text_word[0], entry_word.bare
    if surface == entry_word.surface:
        return 0
    known = bare in text_word
    if surface.endswith(bare) and (known or surface.removesuffix(bare) in _ARTICLES):
        return 1
    if known:
        return 2
    return 3 if entry_word.stem in text_word else _NO_FIT


def _entry_word(word: Word) -> _EntryWord:
    """An entry holds dictionary forms, so what looks like a prefix is part of it.

    The stem of `מענק` (grant) is not `ענק` (giant), nor that of `فاخر` (luxury) `اخر`
    (other): it is the shortest form the word itself begins with. English stems are no
    such beginnings (`compani`) and have no prefixes: the analyser's last form.
    """
    surface, last = word[0], word[-1]
    if surface.isascii():
        stem = last if len(last) >= _SHORTEST_ENGLISH_STEM else surface
        return _EntryWord(surface, surface, stem, frozenset((surface, stem)))
    bare = surface.removeprefix("ال") if len(surface) > _SHORTEST_BARE else surface
    starts = frozenset({surface, bare, *filter(bare.startswith, word)})
    stem = min(starts, key=len)
    if len(stem) < _SHORTEST_STEM:
        stem = bare
    return _EntryWord(surface, bare, stem, starts)


def current_lexicon() -> Lexicon:
    """The staff's lexicon as of a minute ago at most."""
    return _lexicon_of(int(monotonic() // _SECONDS_TO_KEEP))


def forget_lexicon(**kwargs: object) -> None:
    """Makes this process read the lexicon anew; hears changes of its rows."""
    _lexicon_of.cache_clear()


def lexicon_in(
    entries: Mapping[str, Mapping[str, list[str]]],
    kinds: Mapping[str, Mapping[str, str]],
) -> Lexicon:
    """A lexicon of the vocabulary's files, where no database holds one."""
    rows = [
        _Row(
            concept,
            [*entry["words_en"], *entry["words_he"], *entry["words_ar"]],
            entry["sectors"],
            entry["capabilities"],
        )
        for concept, entry in entries.items()
    ]
    named = [
        (slug, [kind["name_en"], kind["name_he"], kind["name_ar"]])
        for slug, kind in kinds.items()
    ]
    return Lexicon([*map(_concept_with_words, rows), *map(_kind_of_help, named)])


class _Row(NamedTuple):
    """One entry of the vocabulary, wherever it is kept."""

    concept: str
    words: list[str]
    sectors: list[str]
    capabilities: list[str]


@cache
def _lexicon_of(period: int) -> Lexicon:
    rows = LexiconEntry.objects.prefetch_related("sectors", "capabilities")
    entries = (
        _Row(
            row.concept,
            [*row.words_en, *row.words_he, *row.words_ar],
            [sector.code for sector in row.sectors.all()],
            [kind.slug for kind in row.capabilities.all()],
        )
        for row in rows
    )
    kinds = (
        (kind.slug, [kind.name_en, kind.name_he, kind.name_ar])
        for kind in Capability.objects.all()
    )
    return Lexicon([*map(_concept_with_words, entries), *map(_kind_of_help, kinds)])


def _concept_with_words(row: _Row) -> tuple[Concept, list[str]]:
    codes = [sector_terms(code)[-1] for code in row.sectors]
    codes += [capability_term(slug) for slug in row.capabilities]
    return Concept(concept_term(row.concept), tuple(codes)), row.words


def _kind_of_help(kind: tuple[str, list[str]]) -> tuple[Concept, list[str]]:
    """A capability's own names are words for it, with or without an entry."""
    term = capability_term(kind[0])
    return Concept(term, (term,)), kind[1]
