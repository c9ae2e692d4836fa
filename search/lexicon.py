"""The trade words of three languages, and the concepts and codes they stand for.

A concept found in a text becomes a term of its own, so that a Hebrew question and an
Arabic listing meet without a common letter.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from time import monotonic
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from marketplace.taxonomy.models import Capability, LexiconEntry
from search.analysis import analyse
from search.analysis.normal import is_arabic
from search.codes import capability_term, concept_term, sector_terms

_SHORTEST_ENGLISH_STEM = 3
_SHORTEST_STEM = 4
_SHORTEST_BARE = 4
_NO_FIT = 4
# What Arabic writes together with a word, and the analyser takes off with its ending.
_ARTICLES = frozenset(["و", "ال", "وال", "بال", "وبال", "فال", "كال", "لل", "ولل"])
_PERSONS, _AND, _WILL = frozenset("تنا"), frozenset("وف"), frozenset("س")
_SECONDS_TO_KEEP = 60
_LANGUAGES = ("en", "he", "ar")
Word = Sequence[str]
_Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing by whatever word: its own term, and the codes that it means."""

    term: str
    codes: tuple[str, ...] = ()


Meanings = tuple[Concept, ...]
"""What one word may stand for: any of these is meant."""


class Reading(NamedTuple):
    """What the lexicon knows of a text: meanings, each once, and words without one."""

    meanings: tuple[Meanings, ...]
    unknown: tuple[Word, ...]


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

    def concepts(self) -> set[Concept]:
        """All concepts it knows by a word."""
        return {p.concept for phrases in self._starts.values() for p in phrases}

    def find(self, words: Sequence[Word]) -> tuple[Concept, ...]:
        """The concepts of a text in order of appearance, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(self.meanings(words))))

    def meanings(self, words: Sequence[Word]) -> tuple[Meanings, ...]:
        """What each word or phrase that is known may mean, in order, each once."""
        return self.read(words).meanings

    def read(self, words: Sequence[Word]) -> "Reading":
        """What each word or phrase may mean, and the words that none knows.

        A phrase means itself and what its words mean alone: elsewhere `refrigerated
        truck` is written in two words that no entry joins.
        """
        asked, words = words, [_as_an_entry_writes(tuple(word)) for word in words]
        found: dict[Meanings, None] = {}
        unknown: list[Word] = []
        place = 0
        while place < len(words):
            matches = self._longest_at(words, place)
            length = len(matches[0].words) if matches else 1
            parts = range(place, place + length) if length > 1 else ()
            alone = (self._longest_at(words[part : part + 1], 0) for part in parts)
            for phrases in filter(None, (matches, *alone)):
                concepts = (phrase.concept for phrase in phrases)
                found[tuple(dict.fromkeys(concepts))] = None
            if not matches:
                unknown.append(asked[place])
            place += length
        return Reading(tuple(found), tuple(unknown))

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


@lru_cache(maxsize=1 << 14)
def _as_an_entry_writes(word: tuple[str, ...]) -> Word:
    """The forms of a text's word, and those by which an entry may write it.

    Entries have Arabic verbs as *he does* (`ينظم`), texts as *we do* or *I will* (`ننظم`,
    `سانظم`), maybe behind an *and*. No such form is a term: an index keeps what was written.
    """
    surface = word[0]
    if len(surface) < _SHORTEST_STEM or not is_arabic(surface[0]):
        return word
    ways = [surface]
    for before in (_AND, _WILL):
        if ways[-1][0] in before and len(ways[-1]) > _SHORTEST_STEM:
            ways.append(ways[-1][1:])
    verbs = ("ي" + one[1:] for one in ways if one[0] in _PERSONS)
    return tuple(dict.fromkeys((*word, *verbs)))


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
    """The staff's lexicon as of a minute ago at most.

    The rows are read once a minute; making a lexicon of them takes seconds, so that
    happens only where they have changed.
    """
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
    sectors: Sequence[str]
    capabilities: Sequence[str]


@lru_cache(maxsize=1)
def _lexicon_of(period: int) -> Lexicon:
    return _made_of(*_rows())


def _rows() -> tuple[_Rows, _Rows]:
    """Entries with their codes, and kinds of help; words as the text of their JSON."""
    sectors = _codes_by_entry("sectors", "sector__code")
    capabilities = _codes_by_entry("capabilities", "capability__slug")
    words = [Cast(f"words_{code}", TextField()) for code in _LANGUAGES]
    entries = tuple(
        (concept, *texts, sectors.get(pk, ()), capabilities.get(pk, ()))
        for pk, concept, *texts in LexiconEntry.objects.values_list(
            "pk", "concept", *words
        )
    )
    names = [f"name_{code}" for code in _LANGUAGES]
    return entries, tuple(Capability.objects.values_list("slug", *names))


def _codes_by_entry(field: str, code: str) -> dict[int, tuple[str, ...]]:
    pairs = getattr(LexiconEntry, field).through.objects.values_list(
        "lexiconentry_id", code
    )
    codes: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for entry, value in pairs.order_by(code):
        codes[entry] += (value,)
    return codes


@lru_cache(maxsize=1)
def _made_of(entries: _Rows, kinds: _Rows) -> Lexicon:
    rows = (
        _Row(concept, [*chain(*map(json.loads, texts))], sectors, capabilities)
        for concept, *texts, sectors, capabilities in entries
    )
    named = ((slug, names) for slug, *names in kinds)
    return Lexicon([*map(_concept_with_words, rows), *map(_kind_of_help, named)])


def _concept_with_words(row: _Row) -> tuple[Concept, list[str]]:
    codes = [sector_terms(code)[-1] for code in row.sectors]
    codes += [capability_term(slug) for slug in row.capabilities]
    return Concept(concept_term(row.concept), tuple(codes)), row.words


def _kind_of_help(kind: tuple[str, list[str]]) -> tuple[Concept, list[str]]:
    """A capability's own names are words for it, with or without an entry."""
    term = capability_term(kind[0])
    return Concept(term, (term,)), kind[1]
