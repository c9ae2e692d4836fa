"""The words of the index, by which a mistyped one is understood.

They are the surface forms of findable listings, kept by the indexing worker beside the
counts. A word that resembles another is only asked for in its stead: who may see what it
finds is decided where every candidate is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import reduce
from itertools import islice
from operator import or_
from typing import Protocol

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Length

from search.analysis import grams_of
from search.frequencies import Frequencies, frequencies_of
from search.models import Field, IndexedWord
from search.vectors import key_of

MOST_LIKE = 10
"""So many words are asked for in the stead of one."""
LEAST_ALIKE = 0.3
"""Dice's coefficient of the 3-grams; the listings found are scored exactly anyhow."""
MOST_LETTERS_APART = 2
ARTICLE = "ال"
MOST_READ = 10_000
"""Words read for one question: 9,000 of 240,000 begin or end like one, and eight hostile
ones cost a seventh of a second."""
_BATCH = 500


class Vocabulary(Protocol):
    """What can be asked of the words of an index, the site's or another."""

    def like(self, words: Collection[str]) -> list[str]:
        """Words of the index that resemble these, the likest of each first."""

    def frequencies_of(self, keys: Collection[int]) -> Frequencies:
        """How common they are."""


class SiteVocabulary:
    """That of the site's own listings: a query for words, another for frequencies."""

    def like(self, words: Collection[str]) -> list[str]:
        if not words:
            return []
        known = IndexedWord.objects.alias(letters=Length("spelling"))
        share = MOST_READ // len(words)  # no word is cut off by what is near another
        near = (
            known.filter(_near(word)).order_by("spelling").values("pk")[:share]
            for word in words
        )
        found = known.filter(reduce(or_, (Q(pk__in=some) for some in near)))
        return likest(words, found.values_list("spelling", flat=True))

    def frequencies_of(self, keys: Collection[int]) -> Frequencies:
        return frequencies_of(keys)


def likest(words: Iterable[str], known: Iterable[str]) -> list[str]:
    """Of known words those with most 3-grams in common with each of these.

    Each is compared with those about as long that begin or end as it does.
    """
    by_bound: dict[tuple[int, str], list[str]] = defaultdict(list)
    for word in known:
        for at in enumerate(bounds_of(word)):
            by_bound[at].append(word)
    found: dict[str, None] = {}
    for word in words:
        near = {other for at in enumerate(bounds_of(word)) for other in by_bound[at]}
        own = set(grams_of([word]))
        alike = [
            (-share, other)
            for other in near
            if abs(len(other) - len(word)) <= MOST_LETTERS_APART
            and (share := _dice(own, other)) >= LEAST_ALIKE
        ]
        found.update((other, None) for _, other in sorted(alike)[:MOST_LIKE])
    return list(found)


def _dice(grams: set[str], word: str) -> float:
    # Looked for in the word as it stands: to cut thousands up takes ten times as long.
    shared = sum(map(f"_{word}_".__contains__, grams))
    return 2 * shared / (len(grams) + len(word))


def learn(words: Iterable[str]) -> None:
    """Keeps words, new ones and known; ascending, so that no two writers deadlock."""
    table = IndexedWord._meta.db_table
    # bulk_create makes an object of each word, of which few are new.
    sql = (
        f"INSERT INTO {table} (spelling, beginning, ending) VALUES (%s, %s, %s) "  # noqa: S608
        "ON CONFLICT DO NOTHING"
    )
    rows = [(word, *bounds_of(word)) for word in sorted(set(words))]
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def forget(words: Iterable[str]) -> None:
    """Drops those that stand in no findable listing any more, once that is counted."""
    remaining = iter(sorted(words))
    while some := list(islice(remaining, _BATCH)):
        counted = frequencies_of({key_of(word) for word in some})
        fields = [counted.of(name) for name in (Field.OFFER_WORDS, Field.NEED_WORDS)]
        gone = [word for word in some if not any(f.df(key_of(word)) for f in fields)]
        IndexedWord.objects.filter(spelling__in=gone).delete()


def replace_words(words: Iterable[str]) -> None:
    """Puts these in the place of all that were kept."""
    kept = IndexedWord.objects.all()
    kept._raw_delete(kept.db)
    learn(words)


def bounds_of(word: str) -> tuple[str, str]:
    """How a word begins, after the article with which half of all Arabic ones do, and ends."""
    rest = word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) else word
    return rest[: IndexedWord.BOUND], word[-IndexedWord.BOUND :]


def _near(word: str) -> Q:
    """Words about as long that begin or end alike."""
    beginning, ending = bounds_of(word)
    size = (len(word) - MOST_LETTERS_APART, len(word) + MOST_LETTERS_APART)
    return Q(Q(beginning=beginning) | Q(ending=ending), letters__range=size)
