"""The one analyser for English, Hebrew and Arabic, used for documents and queries.

``analyse`` gives one tuple per word position: the surface form first, then the
alternatives by which the same word may be written elsewhere. A term consists of
letters, digits and ``_`` (between digits) alone, so every engine keeps it whole.
There is no language detection: each rule touches only its own script.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from .arabic import arabic_forms
from .asking import without_asking
from .hebrew import hebrew_forms
from .latin import latin_forms
from .normal import HEBREW_FIRST, HEBREW_LAST, is_arabic, surfaces
from .sounds import sounds_of

VERSION = 5
"""Stored with every vector; raise it with any change of a rule, then rebuild."""

__all__ = [
    "VERSION",
    "analyse",
    "forms",
    "grams",
    "grams_of",
    "sounds_of",
    "surfaces",
    "without_asking",
]


@lru_cache(maxsize=1 << 16)
def forms(surface: str) -> tuple[str, ...]:
    """The surface form and its alternatives, without repetition, surface first."""
    first = surface[0]
    if HEBREW_FIRST <= first <= HEBREW_LAST:
        return hebrew_forms(surface)
    if is_arabic(first):
        return arabic_forms(surface)
    return latin_forms(surface)


def analyse(text: str) -> list[tuple[str, ...]]:
    """The words of a text in order, each with its alternatives; never raises."""
    return [forms(surface) for surface in surfaces(text)]


def grams(text: str) -> list[str]:
    """The letter 3-grams of a text, word by word, with ``_`` at words' bounds."""
    return grams_of(surfaces(text))


def grams_of(words: Iterable[str]) -> list[str]:
    """The letter 3-grams of words that are surface forms already."""
    return list(chain.from_iterable(map(_grams_of_word, words)))


@lru_cache(maxsize=1 << 16)
def _grams_of_word(word: str) -> tuple[str, ...]:
    marked = f"_{word}_"
    return tuple(marked[start : start + 3] for start in range(len(word)))
