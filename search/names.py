"""Words that may be names or loan words, as terms of how they sound.

What the lexicon does not know may be a person, a town, a brand, or a word that three
languages share: it is looked for by its consonants too, whatever its alphabet.
"""

from collections.abc import Iterable, Sequence

from search.analysis import sounds_of
from search.analysis.asking import ASKING
from search.analysis.little import LITTLE
from search.codes import sound_term

SHORTEST = 3
"""Letters of a word that may be a name."""
RARE = 20
"""What more listings than these sound like is hardly a name: it helps to order what is
found, is asked of no engine, and is not enough to be shown for."""


def sound_terms(words: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The terms of each analysed word that may be a name, each word once."""
    return tuple(dict.fromkeys(filter(None, map(_terms_of, words))))


def _terms_of(forms: Sequence[str]) -> tuple[str, ...]:
    word = forms[0]
    if len(word) < SHORTEST or word in LITTLE or word in ASKING:
        return ()
    return tuple(map(sound_term, sounds_of(forms)))
