"""How well one listing answers what another seeks: nine figures from 0 to 1.

Pure: no database, no clock. Side, religion and origin are no features.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log10

from search.matching.lexical import LexicalQuery, blend

STAGES = (
    "idea",
    "pre_seed",
    "seed",
    "series_a",
    "series_b",
    "series_c",
    "growth",
    "mature",
)
UNKNOWN = 0.5
"""The mean that stands where a fact was not given."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One listing as matching reads it: public facts, packed words, no names.

    ``amounts`` is the range in US dollars, both ends above zero, or None where the
    owner said nothing or no rate is known. ``answers`` is (yes, asked) of the owner's
    last 90 days. ``places`` and ``stages`` are those a mandate admits besides; it may
    name several.
    """

    id: int
    organisation: int
    kind: str
    written_in: str
    need_codes: frozenset[str] = frozenset()
    offer_codes: frozenset[str] = frozenset()
    offer_words: Sequence[int] = ()
    offer_grams: Sequence[int] = ()
    offer_length: int = 0
    offer_gram_length: int = 0
    place: str = ""
    point: tuple[float, float] | None = None
    reach: str = "region"
    meets_online: bool = True
    stage: str = ""
    languages: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset()
    amounts: tuple[float, float] | None = None
    answers: tuple[int, int] = (0, 0)
    places: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()

    @property
    def all_places(self) -> frozenset[str]:
        return self.places | ({self.place} - {""})

    @property
    def all_stages(self) -> frozenset[str]:
        return self.stages | ({self.stage} - {""})


@dataclass(frozen=True, slots=True)
class Need:
    """What a listing seeks, ready to be compared with many offers.

    ``meanings`` are what its words may stand for, each with the word's idf; ``words``
    is None where it states no need at all.
    """

    profile: Profile
    words: LexicalQuery | None
    meanings: Mapping[frozenset[str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Features:
    """The figures of one direction; ``missing`` names what neither text says."""

    code: float
    words: float
    concept: float
    money: float
    stage: float
    place: float
    language: float
    answer: float
    instrument: float = 0.0
    code_term: str = ""
    missing: tuple[str, ...] = ()

    @property
    def has_ground(self) -> bool:
        """Money and place alone never match."""
        return self.code >= 0.25 or self.words >= 0.1 or self.concept >= 0.1


def compare(need: Need, offer: Profile) -> Features:
    """How well ``offer`` answers ``need``; each figure lies in 0 … 1."""
    seeker = need.profile
    code, term = code_fit(seeker.need_codes, offer.offer_codes)
    words = word_fit(need, offer)
    concept = concept_fit(need.meanings, offer.offer_codes)
    if seeker.written_in == offer.written_in:
        concept = max(0.0, concept - words)  # the same words would count twice
    money, stage = money_fit(seeker.amounts, offer.amounts), stage_fit(seeker, offer)
    missing = [
        name for name, fit in (("money", money), ("stage", stage)) if fit is None
    ]
    if bool(seeker.instruments) != bool(offer.instruments):
        missing.append("instrument")
    return Features(
        code=code,
        words=words,
        concept=concept,
        money=UNKNOWN if money is None else money,
        stage=UNKNOWN if stage is None else stage,
        place=place_fit(seeker, offer),
        language=language_fit(seeker.languages, offer.languages),
        answer=answer_rate(offer.answers),
        instrument=float(bool(seeker.instruments & offer.instruments)),
        code_term=term,
        missing=tuple(missing),
    )


def code_fit(needed: Iterable[str], offered: frozenset[str]) -> tuple[float, str]:
    """The nearest pair of codes: same class or capability 1, group .8, division .55,
    section .25; and the term they share."""
    shared = [
        (_nearness(term), term)
        for term in offered.intersection(needed)
        if not term.startswith("con_")
    ]
    return max(shared, default=(0.0, ""))


def _nearness(term: str) -> float:
    if not term.startswith("isic_"):
        return 1.0  # a kind of help, or a code of another system: the same or not
    digits = sum(letter.isdigit() for letter in term)
    return {4: 1.0, 3: 0.8, 2: 0.55}.get(digits, 0.25)


def word_fit(need: Need, offer: Profile) -> float:
    """clip((L - 0.05) / 0.35): unrelated texts share 0.02 to 0.07 of their words."""
    if need.words is None:
        return 0.0
    share = blend(
        need.words.words.share(offer.offer_words, offer.offer_length),
        need.words.grams.share(offer.offer_grams, offer.offer_gram_length),
    )
    return min(1.0, max(0.0, (share - 0.05) / 0.35))


def concept_fit(
    meanings: Mapping[frozenset[str], float], offered: frozenset[str]
) -> float:
    """The idf share of the words sought one of whose meanings is offered."""
    whole = sum(meanings.values())
    if not whole:
        return 0.0
    met = sum(weight for word, weight in meanings.items() if word & offered)
    return met / whole


def money_fit(
    sought: tuple[float, float] | None, offered: tuple[float, float] | None
) -> float | None:
    """Overlap of the ranges on a logarithmic scale, as a share of the one sought."""
    if sought is None or offered is None:
        return None
    low, high = (log10(end) for end in sought)
    other_low, other_high = (log10(end) for end in offered)
    overlap = min(high, other_high) - max(low, other_low)
    if high - low < 0.05:  # a single figure: inside the other range or not
        return 1.0 if overlap >= -0.05 else 0.0
    return min(1.0, max(0.0, overlap / (high - low)))


def stage_fit(one: Profile, other: Profile) -> float | None:
    """Same stage 1, a neighbouring one .5, else 0; None where one is not said.

    Stages that are not of ours are the same or they are not.
    """
    if not (one.all_stages and other.all_stages):
        return None
    return max(
        _nearness_of_stages(stage, another)
        for stage in one.all_stages
        for another in other.all_stages
    )


def _nearness_of_stages(stage: str, another: str) -> float:
    if stage == another:
        return 1.0
    if stage not in STAGES or another not in STAGES:
        return 0.0
    return 0.5 if abs(STAGES.index(stage) - STAGES.index(another)) == 1 else 0.0


def place_fit(seeker: Profile, offer: Profile) -> float:
    """Reachable 1, only by meeting online .6, else 0."""
    if "remote" in (seeker.reach, offer.reach) or offer.reach == "cross_border":
        return 1.0
    if seeker.all_places & offer.all_places:
        return 1.0
    if seeker.reach == "cross_border":
        return 0.8
    return 0.6 if seeker.meets_online and offer.meets_online else 0.0


def language_fit(one: frozenset[str], other: frozenset[str]) -> float:
    """A shared working language 1, none 0; the mean where one side named none."""
    if not one or not other:
        return UNKNOWN
    return 1.0 if one & other else 0.0


def answer_rate(answers: tuple[int, int]) -> float:
    """(yes + 2) / (asked + 4): where little is known, half."""
    yes, asked = answers
    return (yes + 2) / (asked + 4)
