"""Hebrew words: particles written in front of a word, and common endings.

Both come off as alternatives, never in place of the surface form: a false stem is
harmless as long as the alternatives of one position count as one word.
"""

from itertools import product

_SHORTEST = 3
_LONGEST_CLUSTER = 4
_CLUSTERS = frozenset(
    cluster
    for parts in product(
        ("", "ו"),
        ("", "לכש", "כש", "מש", "ש"),
        ("", "מה", "כב", "ב", "כ", "ל", "מ", "ה"),
    )
    if 1 <= len(cluster := "".join(parts)) <= _LONGEST_CLUSTER
)
# Final letters are folded already; the first that fits comes off.
_ENDINGS = (
    "ותיהמ",
    "יהמ",
    "ותינו",
    "ותיו",
    "ויות",
    "יות",
    "ימ",
    "ות",
    "ינו",
    "יו",
    "ית",
    "יה",
    "ה",
    "ת",
    "י",
)


def hebrew_forms(word: str) -> tuple[str, ...]:
    """The word, its rests after each cluster of particles, and all without ending."""
    bare = [word]
    for length in range(1, min(_LONGEST_CLUSTER, len(word) - _SHORTEST) + 1):
        if word[:length] in _CLUSTERS:
            bare.append(word[length:])
    return tuple(dict.fromkeys((*bare, *map(_without_ending, bare))))


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
