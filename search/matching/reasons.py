"""Why two listings match: ids and parameters, each traceable to a field of one.

Written once with the match, worded for each reader by `wording`. Side, religion and
origin are never among them, and nothing that fewer than five listings share is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from search.analysis.little import LITTLE
from search.documents import surfaces_of, words_of
from search.frequencies import Frequencies, frequencies_of
from search.matching.profiles import Side
from search.matching.ranking import Direction
from search.models import Field
from search.vectors import key_of

MOST_WORDS = 3
SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Sharing:
    """How many listings share a term; only what enough of them have may be named."""

    least: int
    frequencies: Frequencies

    @classmethod
    def among(cls, sides: Iterable[Side]) -> "Sharing":
        """Reads what the offers of these listings hold, by one query."""
        keys: set[int] = set()
        for side in sides:
            keys |= {key_of(term) for term in side.profile.offer_codes}
            keys |= {key_of(word) for word in surfaces_of(side.row.offer_terms)}
        return cls(settings.SMALLEST_SHOWN_COUNT, frequencies_of(keys))

    def count(self, term: str, field: Field) -> int:
        return self.frequencies.of(field).df(key_of(term))

    def allowed(self, terms: Iterable[str], field: Field) -> set[str]:
        return {term for term in terms if self.count(term, field) >= self.least}


def reasons_of(
    direction: Direction, seeker: Side, offer: Side, sharing: Sharing
) -> dict[str, Any]:
    """One direction's contributions by feature, and what each may be said to rest on.

    `{"points": {feature: contribution}, "code": term, "words": […], "languages": […],
    "concepts": […], "missing": […]}`; the whole is plain JSON.
    """
    features = direction.features
    if features is None:
        return {"points": {}, "missing": ["need"]}
    if not direction.contributions:
        return {"points": {}, "missing": ["fit"]}
    points = {
        name: round(value, 6)
        for name, value in direction.contributions.items()
        if value
    }
    concepts = seeker.concepts & offer.profile.offer_codes
    codes = {features.code_term} if features.code_term else set()
    named = sharing.allowed(codes | concepts, Field.OFFER_CODES)
    return {
        "points": points,
        "code": features.code_term if features.code_term in named else "",
        "concepts": sorted(concepts & named),
        "words": shared_words(seeker, offer, sharing),
        "languages": sorted(seeker.profile.languages & offer.profile.languages),
        "same_place": bool(seeker.profile.place)
        and seeker.profile.place == offer.profile.place,
        "remote": "remote" in (seeker.profile.reach, offer.profile.reach),
        "missing": list(features.missing),
    }


def shared_words(seeker: Side, offer: Side, sharing: Sharing) -> list[str]:
    """The offer's own words that answer words of the need, rarest first.

    Little words are left out: "the" and "with" are no reason.
    """
    if not (seeker.row.need_terms and offer.row.offer_terms):
        return []
    wanted = {form for forms in words_of(seeker.row.need_terms) for form in forms}
    found = {
        forms[0]
        for forms in words_of(offer.row.offer_terms)
        if len(forms[0]) >= SHORTEST_WORD
        and not forms[0].isdigit()
        and forms[0] not in LITTLE
        and wanted.intersection(forms)
    }
    allowed = sharing.allowed(found, Field.OFFER_WORDS)
    rarest = sorted(
        allowed, key=lambda word: (sharing.count(word, Field.OFFER_WORDS), word)
    )
    return rarest[:MOST_WORDS]
