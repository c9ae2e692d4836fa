"""Reasons in the reader's language, from the reader's end of the pair."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any

from babel.lists import format_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.taxonomy.constants import LANGUAGE_CHOICES
from marketplace.taxonomy.models import Capability, Sector
from search.codes import capability_term, sector_terms
from search.matching.ranking import FAMILIES, points_of

FAMILY_ORDER = ("fit", "sector", "lang", "near")
_SECONDS_TO_KEEP = 60
_AT_THE_END = str.maketrans("כמנצ", "ךםןץ")


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of "why this match": its family, its points, its sentence."""

    family: str
    points: int
    text: str


@dataclass(frozen=True, slots=True)
class Why:
    """The score of a pair, 0 to 100, the lines that add up to it, and one gap.

    ``staff`` is the reason why staff suggest the pair, where they do.
    """

    score: int
    reasons: tuple[Reason, ...]
    gap: str
    staff: str = ""


def why_between(
    score: float, mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Why:
    """The sentences of a pair, from the end whose reasons are ``mine``."""
    shares = _shares(mine, theirs)
    points = points_of(score, shares)
    reasons = [
        Reason(family, points[family], _sentence(family, mine, theirs))
        for family in FAMILY_ORDER
        if family in points
    ]
    reasons.sort(key=lambda reason: -reason.points)
    return Why(round(100 * score), tuple(reasons), _gap(mine, theirs))


def _shares(*ways: Mapping[str, Any]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for way in ways:
        for feature, value in way["points"].items():
            shares[feature] = shares.get(feature, 0.0) + value
    return shares


def _sentence(family: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> str:
    """The family's strongest feature, told from the direction where it weighs more."""
    strongest = max(
        (value, feature, way is mine)
        for way in (mine, theirs)
        for feature, value in way["points"].items()
        if FAMILIES[feature] == family
    )
    _value, feature, is_mine = strongest
    way = mine if is_mine else theirs
    return _SENTENCES[feature](way, is_mine)


def _words(way: Mapping[str, Any], is_mine: bool) -> str:
    if not way["words"]:
        return (
            _("What it offers reads like what you seek")
            if is_mine
            else _("What it seeks reads like what you offer")
        )
    words = _quoted(way["words"])
    return (
        _("It offers what you ask for: %(words)s") % {"words": words}
        if is_mine
        else _("It asks for what you offer: %(words)s") % {"words": words}
    )


def _concept(way: Mapping[str, Any], is_mine: bool) -> str:
    return (
        _("It offers what you seek, by the meaning of the words")
        if is_mine
        else _("It seeks what you offer, by the meaning of the words")
    )


def _code(way: Mapping[str, Any], is_mine: bool) -> str:
    name = name_of(way["code"])
    if not name:
        return (
            _("It brings a kind of help you need")
            if is_mine
            else _("It needs a kind of help you bring")
        )
    return (
        _("It brings what you need: %(name)s") % {"name": name}
        if is_mine
        else _("It needs what you bring: %(name)s") % {"name": name}
    )


def _money(way: Mapping[str, Any], is_mine: bool) -> str:
    return _("The amounts fit each other")


def _instrument(way: Mapping[str, Any], is_mine: bool) -> str:
    return _("The form of funding fits")


def _stage(way: Mapping[str, Any], is_mine: bool) -> str:
    return _("The stage of the business fits")


def _language(way: Mapping[str, Any], is_mine: bool) -> str:
    labels = dict(LANGUAGE_CHOICES)
    shared = [str(labels[code]) for code in way["languages"] if code in labels]
    if not shared:
        return _("Languages to be settled between you")
    return _("Both work in %(languages)s") % {"languages": _listed(shared)}


def _place(way: Mapping[str, Any], is_mine: bool) -> str:
    if way["same_place"]:
        return _("In the same district")
    if way["remote"]:
        return _("Can work together from anywhere")
    return _("Can meet online or reach each other")


def _answer(way: Mapping[str, Any], is_mine: bool) -> str:
    return _("Ready to answer requests")


_SENTENCES = {
    "words": _words,
    "concept": _concept,
    "code": _code,
    "money": _money,
    "instrument": _instrument,
    "stage": _stage,
    "language": _language,
    "place": _place,
    "answer": _answer,
}


def _gap(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> str:
    missing = [*mine["missing"], *theirs["missing"]]
    if "need" in missing:
        return _("One of you has not said what it needs")
    if "fit" in missing:
        return _("One of you also seeks what the other does not offer")
    if "money" in missing:
        return _("The amount is not known on both sides")
    if "stage" in missing:
        return _("The stage is not known on both sides")
    if "instrument" in missing:
        return _("The form of funding is not known on both sides")
    return ""


def _listed(words: list[str]) -> str:
    """Words joined as the reader's language joins them."""
    return format_list(words, style="standard", locale=get_language() or "en")


def _quoted(words: list[str]) -> str:
    """What others wrote, by commas: an "and" would grow onto the word behind it.

    Each word keeps its own direction among the reader's.
    """
    comma = "، " if (get_language() or "en").startswith("ar") else ", "
    return comma.join(f"\u2068{_spelt(word)}\u2069" for word in words)


def _spelt(word: str) -> str:
    """Hebrew's last letter as it is written; the index folds it.

    Not pe, which loan words keep: סטארטאפ.
    """
    return word[:-1] + word[-1:].translate(_AT_THE_END)


def name_of(term: str) -> str:
    """The name behind a code term in the reader's language, or nothing."""
    names = _names(int(monotonic() // _SECONDS_TO_KEEP)).get(term)
    return names[(get_language() or "en")[:2]] if names else ""


def forget_names() -> None:
    """The names are read anew when next asked for."""
    _names.cache_clear()


@lru_cache(maxsize=1)
def _names(period: int) -> dict[str, dict[str, str]]:
    """Code terms with their three names, as of a minute ago at most."""
    names = {capability_term(row.slug): _three(row) for row in Capability.objects.all()}
    for row in Sector.objects.all():
        names[sector_terms(row.code)[-1]] = _three(row)
    return names


def _three(row: Capability | Sector) -> dict[str, str]:
    return {"en": row.name_en, "he": row.name_he, "ar": row.name_ar}
