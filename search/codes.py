"""Codes as terms: sectors at every level, kinds of help, concepts, sounds, gates.

A code term holds lower-case letters, digits and ``_`` alone, as words do.
"""

from collections.abc import Iterable

from marketplace.taxonomy.isic import SECTION_OF_DIVISION

_SOUND = "snd_"
CAPITAL = "cap_capital"
"""What an investment sought needs and a funding offered brings, beside its sectors."""


def sector_terms(code: str) -> tuple[str, ...]:
    """A sector and all above it: ``1040`` gives isic_c, isic_c10, …c104, …c1040.

    Anything that is no ISIC code becomes one opaque term, not of the tree.
    """
    if len(code) == 1 and code.isascii() and code.isalpha():
        return (f"isic_{code.lower()}",)
    section = _section_of(code)
    if not section:
        return (_term("other", code),)
    return tuple(
        f"isic_{section}{code[:size]}" for size in (0, *range(2, len(code) + 1))
    )


def capability_term(slug: str) -> str:
    """A kind of help by its slug."""
    return _term("cap", slug)


def concept_term(concept: str) -> str:
    """A concept of the lexicon by its slug."""
    return _term("con", concept)


def sound_term(key: str) -> str:
    """A word by how it sounds; see ``search.analysis.sounds``."""
    return f"{_SOUND}{key}"


def is_sound(term: str) -> bool:
    """Whether a term is how a word sounds: for the search box, and shown to nobody."""
    return term.startswith(_SOUND)


def matched_codes(terms: Iterable[str]) -> tuple[str, ...]:
    """The terms by which pairs are matched: all but sounds, which are met by chance."""
    return tuple(term for term in terms if not is_sound(term))


def is_read(term: str) -> bool:
    """Whether a term was read from words, where others were chosen by the owner."""
    return is_sound(term) or term.startswith("con_")


def is_section(term: str) -> bool:
    """Whether a code term names a whole section: too broad to ask an engine for."""
    return term.startswith("isic_") and len(term) == len("isic_c")


def gate_terms(tier: str, kind: str, side: str) -> tuple[str, ...]:
    """Who may see a listing, of which kind and side, as joint terms and in part."""
    return (
        f"gate_{tier}_{kind}_{side}",
        f"gate_{tier}_{kind}",
        f"gate_{tier}_any_{side}",
    )


def gates(
    tiers: Iterable[str], kinds: Iterable[str] = (), sides: Iterable[str] = ()
) -> tuple[str, ...]:
    """The fewest gate terms that let these kinds and sides through; none means all."""
    tiers, kinds, sides = tuple(tiers), tuple(kinds), tuple(sides)
    if kinds and sides:
        return tuple(
            f"gate_{tier}_{kind}_{side}"
            for tier in tiers
            for kind in kinds
            for side in sides
        )
    if kinds:
        return tuple(f"gate_{tier}_{kind}" for tier in tiers for kind in kinds)
    return tuple(f"gate_{tier}_any_{side}" for tier in tiers for side in sides)


def _section_of(code: str) -> str:
    if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 4):
        return ""
    return SECTION_OF_DIVISION.get(code[:2], "").lower()


def _term(prefix: str, name: str) -> str:
    cleaned = "".join(letter if letter.isalnum() else "_" for letter in name.lower())
    return f"{prefix}_{cleaned}"
