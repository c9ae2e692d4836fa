"""What each party did before: its interests, its words, and which values go together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import log, sqrt

from search.analysis import grams
from search.matching.features import code_fit, compare
from search.matching.interests import (
    TRAITS,
    Interests,
    Lifts,
    Likeness,
    Shares,
    Traits,
)
from search.matching.learned import basics_of
from search.matching.lexical import WORDS, Bm25, inverse_frequency
from search.models import Field
from search.vectors import Position, positions_of, split_entry

from .parties import Parties

COMMON_WORDS = 40
KEPT = 1 << 19
"""What single values say of a party is kept so many times, some 0.2 GB."""
NEAREST = 3
UNSAID = ("no_amount", "no_stage", "no_place", "no_sectors", "told")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
Deal = tuple[str, str]
NOTHING = Interests({name: {} for name in TRAITS})


@dataclass(slots=True)
class History:
    """One party's yes answers, made ready to be compared with many others."""

    interests: Interests = NOTHING
    words: Bm25 | None = None
    deals: float = 0.0
    recent_deals: float = 0.0
    lifts: dict[str, float] = field(default_factory=dict)
    place_lifts: dict[str, float] = field(default_factory=dict)


class Past:
    """All that is known from answers up to a day; gives the figures of any pair."""

    def __init__(self, parties: Parties, deals: Sequence[Deal]) -> None:
        self.parties = parties
        self.yes: dict[str, list[str]] = defaultdict(list)
        for left, right in sorted(deals, key=lambda deal: self._date(deal[1])):
            self.yes[left].append(right)
        listings = [
            party for party in parties.by_id.values() if not party.entry.is_mandate
        ]
        self.shares = Shares.among([party.traits for party in listings])
        self.now = _latest([self._date(right) for _, right in deals])
        self.likeness = Likeness(
            {
                code: log(1 / share)
                for code, share in self.shares.shares["sectors"].items()
            }
        )
        self.sector_lifts, self.past_lifts = Lifts(), Lifts()
        self.place_lifts, self.past_place_lifts = Lifts(), Lifts()
        self._count_lifts()
        self._histories: dict[str, History] = {}
        # Thousands of listings share a few hundred sectors and places.
        self.of_sectors = lru_cache(KEPT)(self._make_of_sectors)
        self.of_place = lru_cache(KEPT)(self._make_of_place)
        self.code_fit = lru_cache(KEPT)(self._make_code_fit)
        self._unsaid: dict[str, tuple[float, ...]] = {}
        self._alike = lru_cache(2_000)(self._make_alike)
        self._name = lru_cache(1 << 16)(self._make_name)

    def _date(self, name: str) -> datetime:
        return self.parties[name].entry.published or LONG_AGO

    def _count_lifts(self) -> None:
        for left, rights in self.yes.items():
            own = self.parties[left].traits
            latest = [self.parties[right].traits for right in rights[-RECENT:]]
            for traits in latest:
                self.sector_lifts.add(own.sectors, traits.sectors)
                self.place_lifts.add(own.values("place"), traits.values("place"))
            self.past_lifts.add_among([one.sectors for one in latest])
            self.past_place_lifts.add_among([one.values("place") for one in latest])

    def history(self, name: str) -> History:
        if name not in self._histories:
            self._histories[name] = self._history(name)
        return self._histories[name]

    def _history(self, name: str) -> History:
        yes = self.yes.get(name, [])
        if not yes:
            return History()
        recent = sum(self._date(right) > self.now - YEAR for right in yes)
        return History(
            Interests.of([self.parties[right].traits for right in yes], self.shares),
            self._common_words(yes),
            log(1 + len(yes)),
            log(1 + recent),
        )

    def _common_words(self, yes: Sequence[str]) -> Bm25 | None:
        """The forty words that say most of its yes answers, weighing √share each."""
        counts: Counter[int] = Counter()
        for right in yes[-200:]:
            words = self.parties[right].profile.offer_words
            counts.update(split_entry(entry)[0] for entry in words)
        statistics = self.parties.frequencies.of(Field.OFFER_WORDS)
        best = sorted(
            counts,
            key=lambda key: (-counts[key] * inverse_frequency((key,), statistics), key),
        )[:COMMON_WORDS]
        # A weight is a whole number of times: hundredths keep the root's differences.
        positions = [
            Position((key,), max(1, round(100 * sqrt(counts[key] / len(yes)))))
            for key in best
        ]
        return Bm25(positions, statistics, WORDS) if positions else None

    def basics(self, seeker: str, other: str) -> list[float]:
        """How the other answers what the seeker asks for."""
        return basics_of(
            compare(self.parties.need(seeker), self.parties[other].profile)
        )

    def quick(self, left: str, right: str) -> list[float]:
        """Figures that cost a few look-ups: interests, lifts, what is missing."""
        past, one, other = self.history(left), self.parties[left], self.parties[right]
        traits, known = other.traits, past.interests
        interest, mean, lift, past_lift = self.of_sectors(left, traits.sectors)
        place_interest, place_lift, past_place_lift = self.of_place(left, traits.place)
        return [
            interest,
            mean,
            place_interest,
            known.in_one("stage", traits.stage),
            known.in_one("sum", traits.sum),
            past.deals,
            past.recent_deals,
            lift,
            past_lift,
            place_lift,
            past_place_lift,
            self.code_fit(one.profile.need_codes, other.codes),
            *self.unsaid(right),
        ]

    def unsaid(self, right: str) -> tuple[float, ...]:
        """What a listing leaves unsaid, and how much it tells: the figures `UNSAID`."""
        if right not in self._unsaid:
            party = self.parties[right]
            traits, entry = party.traits, party.entry
            facts = (traits.amount, traits.stage, traits.place, entry.sectors)
            told = log(1 + party.profile.offer_length)
            self._unsaid[right] = (*(float(not fact) for fact in facts), told)
        return self._unsaid[right]

    def _make_of_sectors(
        self, left: str, sectors: tuple[str, ...]
    ) -> tuple[float, float, float, float]:
        """Interest in the best of them and in all, and the best lift to one of them."""
        past, own = self.history(left), self.parties[left].traits.sectors
        return (
            past.interests.in_best("sectors", sectors),
            past.interests.in_all("sectors", sectors),
            self._best_lift(self.sector_lifts, own, sectors),
            max((self._lift_to(past, code) for code in sectors), default=0.0),
        )

    def _make_of_place(self, left: str, place: str) -> tuple[float, float, float]:
        past, own = self.history(left), self.parties[left].traits.place
        return (
            past.interests.in_one("place", place),
            self.place_lifts.of(own, place) if place else 0.0,
            self._past_place_lift(past, place),
        )

    @staticmethod
    def _make_code_fit(needed: frozenset[str], offered: frozenset[str]) -> float:
        return code_fit(needed, offered)[0]

    def shared(self, left: str, right: str) -> list[float]:
        """All figures of `SHARED`: what the left one's past says of the right one."""
        quick = self.quick(left, right)
        past, other = self.history(left), self.parties[right]
        profile = other.profile
        return [
            *quick[:5],
            past.words.share(profile.offer_words, profile.offer_length)
            if past.words
            else 0.0,
            past.interests.in_all("concepts", other.traits.concepts),
            self._nearest(past.interests.recent, other.traits),
            *quick[5:11],
            self.code_fit(self.parties[left].codes, other.codes),
            self._alike(left).share(profile.offer_words, profile.offer_length),
            self._names_alike(left, right),
            *quick[12:],
        ]

    def _nearest(self, recent: Iterable[Traits], traits: Traits) -> float:
        near = sorted(self.likeness.of(one, traits) for one in recent)[-NEAREST:]
        return sum(near) / NEAREST

    @staticmethod
    def _best_lift(lifts: Lifts, ones: Iterable[str], others: Iterable[str]) -> float:
        return max((lifts.of(x, y) for x in ones for y in others), default=0.0)

    def _lift_to(self, past: History, code: str) -> float:
        if code not in past.lifts:
            known = past.interests.known["sectors"]
            lifts = [self.past_lifts.of(one, code) for one in known]
            past.lifts[code] = sum(lifts) / len(lifts) if lifts else 0.0
        return past.lifts[code]

    def _past_place_lift(self, past: History, place: str) -> float:
        if place and place not in past.place_lifts:
            known = past.interests.known["place"]
            lifts = [self.past_place_lifts.of(one, place) for one in known]
            past.place_lifts[place] = sum(lifts) / len(lifts) if lifts else 0.0
        return past.place_lifts.get(place, 0.0)

    def _make_alike(self, name: str) -> Bm25:
        """What a party says it offers, as a question to what others offer."""
        terms = self.parties.document(name).offer_terms
        words = [tuple(forms.split("/")) for forms in terms.split()]
        statistics = self.parties.frequencies.of(Field.OFFER_WORDS)
        return Bm25(positions_of(words), statistics, WORDS)

    def _make_name(self, name: str) -> frozenset[str]:
        return frozenset(grams(self.parties[name].entry.title))

    def _names_alike(self, left: str, right: str) -> float:
        """Letter 3-grams both names have, as a share of the shorter one's."""
        one, other = self._name(left), self._name(right)
        fewest = min(len(one), len(other))
        return len(one & other) / fewest if fewest else 0.0


def _latest(dates: Sequence[datetime]) -> datetime:
    """The day up to which answers are known.

    One in a hundred may be later: a slip of the pen is no reason why nobody should
    have been active of late.
    """
    return sorted(dates)[int(0.99 * (len(dates) - 1))] if dates else LONG_AGO


RECENT = 30
