"""Latin words: the surface form, its Porter2 stem (Snowball ``english``), for an
irregular form that of the regular one (``wrote``: ``write``), and for a word that is
made of another, that of the other (``decision``: ``decide``)."""

from threading import Lock

import snowballstemmer

from .derived import MADE_OF
from .irregular import REGULAR

_stemmer = snowballstemmer.stemmer("english")
# PyStemmer's, in C, which this library takes where it is installed. Either keeps the word
# in itself; web threads must take turns.
_one_at_a_time = Lock()
_STEMS_MADE_OF: dict[str, str] = {
    _stemmer.stemWord(derived): _stemmer.stemWord(base) for derived, base in MADE_OF
}


def latin_forms(word: str) -> tuple[str, ...]:
    """The word and its stems; words with digits or of other scripts stay alone."""
    if not (word.isascii() and word.isalpha()):
        return (word,)
    regular = REGULAR.get(word)
    with _one_at_a_time:
        stems = [_stemmer.stemWord(one) for one in (word, regular) if one]
    roots = map(_STEMS_MADE_OF.get, stems)
    return tuple(dict.fromkeys(filter(None, (word, *stems, *roots))))
