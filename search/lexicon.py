"""The trade words of three languages, and the concepts and codes they stand for.

A concept found in a text becomes a term of its own, so that a Hebrew question and an
Arabic listing meet without a common letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from time import monotonic

from marketplace.taxonomy.models import Capability, LexiconEntry
from search.analysis import analyse
from search.codes import capability_term, concept_term, sector_terms

_SHORTEST_LAST_FORM = 3
_SECONDS_TO_KEEP = 60
Word = Sequence[str]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing by whatever word: its own term, and the codes that it means."""

    term: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[tuple[str, ...], ...]
    concept: Concept


class Lexicon:
    """Finds concepts in analysed text, the longest phrase first."""

    def __init__(self, entries: Iterable[tuple[Concept, Iterable[str]]]) -> None:
        starts: dict[str, dict[_Phrase, None]] = defaultdict(dict)
        for concept, variants in entries:
            for variant in variants:
                words = tuple(analyse(variant))
                if words:
                    phrase = _Phrase(words, concept)
                    for form in {words[0][0], words[0][-1]}:
                        starts[form][phrase] = None
        self._starts = {
            form: sorted(phrases, key=lambda phrase: -len(phrase.words))
            for form, phrases in starts.items()
        }

    def find(self, words: Sequence[Word]) -> tuple[Concept, ...]:
        """The concepts of a text in order of appearance, each once."""
        found: dict[Concept, None] = {}
        place = 0
        while place < len(words):
            matches = self._longest_at(words, place)
            found.update(dict.fromkeys(phrase.concept for phrase in matches))
            place += len(matches[0].words) if matches else 1
        return tuple(found)

    def _longest_at(self, words: Sequence[Word], place: int) -> list[_Phrase]:
        matches: list[_Phrase] = []
        for form in words[place]:
            for phrase in self._starts.get(form, ()):
                if matches and len(phrase.words) < len(matches[0].words):
                    break
                if _stands_at(phrase, words, place):
                    if matches and len(phrase.words) > len(matches[0].words):
                        matches.clear()
                    matches.append(phrase)
        return matches


def _stands_at(phrase: _Phrase, words: Sequence[Word], place: int) -> bool:
    there = words[place : place + len(phrase.words)]
    return len(there) == len(phrase.words) and all(map(fits, there, phrase.words))


def fits(text_word: Word, entry_word: Word) -> bool:
    """Whether a word of a text may be the entry's word in another form."""
    last = entry_word[-1]
    return entry_word[0] in text_word or (
        len(last) >= _SHORTEST_LAST_FORM and text_word[-1] == last
    )


def current_lexicon() -> Lexicon:
    """The staff's lexicon as of a minute ago at most."""
    return _lexicon_of(int(monotonic() // _SECONDS_TO_KEEP))


def forget_lexicon(**kwargs: object) -> None:
    """Makes this process read the lexicon anew; hears changes of its rows."""
    _lexicon_of.cache_clear()


@cache
def _lexicon_of(period: int) -> Lexicon:
    return Lexicon([*_entries(), *_kinds_of_help()])


def _entries() -> Iterator[tuple[Concept, list[str]]]:
    rows = LexiconEntry.objects.prefetch_related("sectors", "capabilities")
    for row in rows:
        codes = [sector_terms(sector.code)[-1] for sector in row.sectors.all()]
        codes += [capability_term(kind.slug) for kind in row.capabilities.all()]
        concept = Concept(concept_term(row.concept), tuple(codes))
        yield concept, [*row.words_en, *row.words_he, *row.words_ar]


def _kinds_of_help() -> Iterator[tuple[Concept, list[str]]]:
    """A capability's own names are words for it, with or without an entry."""
    for kind in Capability.objects.all():
        term = capability_term(kind.slug)
        yield Concept(term, (term,)), [kind.name_en, kind.name_he, kind.name_ar]
