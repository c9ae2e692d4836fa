"""Latin words: the surface form and its Porter2 stem (Snowball ``english``)."""

from threading import Lock

import snowballstemmer

_stemmer = snowballstemmer.stemmer("english")
# The pure Python stemmer keeps the word in itself; web threads must take turns.
_one_at_a_time = Lock()


def latin_forms(word: str) -> tuple[str, ...]:
    """The word and its stem; words with digits or of other scripts stay alone."""
    if not (word.isascii() and word.isalpha()):
        return (word,)
    with _one_at_a_time:
        stem = _stemmer.stemWord(word)
    return (word,) if stem == word or not stem else (word, stem)
