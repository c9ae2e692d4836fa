"""Words to finish what is being typed, and to mend what was typed wrongly.

They come from titles and summaries that every visitor may read, and are offered only
where this reader can see a listing that has them now: no word that stands in hidden
fields or hidden listings alone is ever named.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from uuid import UUID, uuid4

from django.core.cache import cache

from marketplace.listings.models import Listing
from marketplace.people.models import User
from search.analysis import forms, surfaces

SECONDS_TO_KEEP = 300
KEY = "search.words"
"""Marks in the cache the words that a process holds: new when these are old."""
MOST_LISTINGS = 5_000
"""The newest ones; their words take about ten megabytes a process."""
MOST_SHOWN = 8
LOOKED_AT = 40
SHORTEST_BEGINNING = 2
SHORTEST_MENDED = 4
LEAST_ALIKE = 0.7
WITNESSES = 5
"""Listings remembered for a word; one that is still visible is enough."""
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[\u0591-\u05c7\u064b-\u065f'\"׳״’-])*")


@dataclass(slots=True)
class Known:
    """A word by its commonest spelling, and listings that have it, newest first."""

    spelling: str
    count: int = 0
    listings: list[int] = field(default_factory=list)


class Words:
    """The words of texts, found by their beginning or by one letter's difference."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self.known: dict[str, Known] = {}
        self.forms: set[str] = set()
        for listing, text in texts:
            for word in dict.fromkeys(_WORD.findall(text)):
                self._add(listing, word)
        self.sorted = sorted(self.known)
        self.without_a_letter: dict[str, list[str]] = defaultdict(list)
        for surface in self.sorted:
            for shorter in _with_one_less(surface):
                self.without_a_letter[shorter].append(surface)

    def _add(self, listing: int, word: str) -> None:
        folded = surfaces(word)
        if len(folded) != 1 or len(folded[0]) <= SHORTEST_BEGINNING:
            return
        known = self.known.setdefault(folded[0], Known(word))
        known.count += 1
        if len(known.listings) < WITNESSES and listing not in known.listings:
            known.listings.append(listing)
        self.forms.update(forms(folded[0]))

    def beginning_with(self, beginning: str) -> list[Known]:
        """The commonest words that begin so, but for that word itself."""
        start = bisect_left(self.sorted, beginning)
        end = bisect_left(self.sorted, f"{beginning}\uffff")
        found = [self.known[word] for word in self.sorted[start:end]]
        found.sort(key=lambda known: (-known.count, known.spelling))
        return found[:LOOKED_AT]

    def has(self, surface: str) -> bool:
        """Whether the word stands somewhere in any form."""
        return not self.forms.isdisjoint(forms(surface))

    def like(self, surface: str) -> list[Known]:
        """Words that differ in a letter or two, the likest first."""
        near = {
            word
            for shorter in _with_one_less(surface)
            for word in self.without_a_letter.get(shorter, ())
        }
        alike = {
            word: ratio
            for word in near
            if (ratio := SequenceMatcher(None, surface, word).ratio()) >= LEAST_ALIKE
        }
        order = sorted(
            alike, key=lambda word: (-alike[word], -self.known[word].count, word)
        )
        return [self.known[word] for word in order[:LOOKED_AT]]


def suggestions(text: str, viewer: User | None) -> list[str]:
    """Lines that finish the last word of ``text``, commonest first; one query."""
    before, last = _last_word(text)
    folded = surfaces(last)
    if len(folded) != 1 or len(folded[0]) < SHORTEST_BEGINNING:
        return []
    found = _seen(current_words().beginning_with(folded[0]), viewer)
    return [f"{before}{known.spelling}" for known in found[:MOST_SHOWN]]


def meant_by(text: str, viewer: User | None) -> str:
    """The line with unknown words replaced by the likest known; "" if there are none."""
    words = current_words()
    mended: dict[str, str] = {}
    for word in dict.fromkeys(_WORD.findall(text)):
        folded = surfaces(word)
        if len(folded) != 1 or len(folded[0]) < SHORTEST_MENDED or words.has(folded[0]):
            continue
        if likest := _seen(words.like(folded[0]), viewer):
            mended[word] = likest[0].spelling
    return _WORD.sub(lambda m: mended.get(m[0], m[0]), text) if mended else ""


def current_words() -> Words:
    """The words of what visitors can read, as of five minutes ago at most."""
    return _words_of(cache.get_or_set(KEY, uuid4, SECONDS_TO_KEEP))


@lru_cache(maxsize=1)
def _words_of(mark: UUID) -> Words:
    listings = Listing.objects.visible_to(None).order_by("-published_on", "-pk")
    rows = listings.values_list("pk", "title", "summary")[:MOST_LISTINGS]
    return Words((pk, f"{title}\n{summary}") for pk, title, summary in rows)


def _seen(found: Sequence[Known], viewer: User | None) -> list[Known]:
    """Those of which this reader can see a listing at this moment."""
    wanted = {pk for known in found for pk in known.listings}
    if not wanted:
        return []
    visible = Listing.objects.visible_to(viewer).filter(pk__in=wanted)
    there = set(visible.order_by().values_list("pk", flat=True))
    return [known for known in found if not there.isdisjoint(known.listings)]


def _last_word(text: str) -> tuple[str, str]:
    place = max(text.rfind(" "), text.rfind("\t")) + 1
    return text[:place], text[place:]


def _with_one_less(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
