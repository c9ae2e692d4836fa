"""Latin words: the surface form, its Porter2 stem (Snowball ``english``), and for an
irregular form that of the regular one (``wrote``: ``write``)."""

from threading import Lock

import snowballstemmer

from .irregular import REGULAR

_stemmer = snowballstemmer.stemmer("english")
# PyStemmer's, in C, which this library takes where it is installed. Either keeps the word
# in itself; web threads must take turns.
_one_at_a_time = Lock()


def latin_forms(word: str) -> tuple[str, ...]:
    """The word and its stems; words with digits or of other scripts stay alone."""
    if not (word.isascii() and word.isalpha()):
        return (word,)
    regular = REGULAR.get(word)
    with _one_at_a_time:
        stems = [_stemmer.stemWord(one) for one in (word, regular) if one]
    return tuple(dict.fromkeys(filter(None, (word, *stems))))
