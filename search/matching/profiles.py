"""Rows of the index turned into the values that matching compares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Q
from django.utils import timezone

from marketplace.introductions.models import Introduction
from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate
from marketplace.money import UNITS
from marketplace.taxonomy.models import ExchangeRate
from search.codes import matched_codes
from search.documents import words_of
from search.frequencies import Frequencies, frequencies_of
from search.lexicon import Lexicon, current_lexicon
from search.matching.features import Need, Profile
from search.matching.lexical import LexicalQuery, inverse_frequency
from search.models import Field, PublishedRevision
from search.models.index import IndexColumns
from search.vectors import Position, key_of, split_entry, unpack, unpack_positions

ANSWER_DAYS = 90
UNANSWERED = [
    Introduction.Status.DRAFT,
    Introduction.Status.ASKED,
    Introduction.Status.QUESTION,
    Introduction.Status.HELD,
    Introduction.Status.WITHDRAWN,
]
SAID_YES = [Introduction.Status.ACCEPTED, Introduction.Status.CLOSED]
RATE_DAYS = 180
BATCH = 50
"""Needs whose words are looked up at once: SQLite bounds a query's parameters."""


@dataclass(frozen=True, slots=True)
class Side:
    """One listing's offer and need, read once and scored against many."""

    profile: Profile
    row: IndexColumns

    @property
    def need_positions(self) -> tuple[Position, ...]:
        return unpack_positions(self.row.need_query)

    @property
    def need_grams(self) -> tuple[Position, ...]:
        entries = map(split_entry, unpack(self.row.need_grams))
        return tuple(Position((key,), tf) for key, tf in entries)

    @property
    def concepts(self) -> frozenset[str]:
        return frozenset(
            term for term in self.profile.need_codes if term.startswith("con_")
        )

    def meanings(self, lexicon: Lexicon) -> list[frozenset[str]]:
        """What its words may stand for, word by word; what the row knows of alone."""
        known = self.concepts
        words = lexicon.meanings(words_of(self.row.need_terms)) if known else ()
        meant = (known & {concept.term for concept in word} for word in words)
        return list(dict.fromkeys(filter(None, meant)))

    def keys(self) -> set[int]:
        """The keys whose frequencies this side's need asks for."""
        positions = (*self.need_positions, *self.need_grams)
        keys = {key for position in positions for key in position.keys}
        return keys | {key_of(term) for term in self.concepts}


def sides_of(listings: Iterable[int]) -> dict[int, Side]:
    """The given listings that are indexed and live, by id; a fixed number of queries."""
    rows = list(
        Listing.objects.live()
        .filter(pk__in=list(listings), indexed__isnull=False)
        .select_related("indexed")
    )
    rates = current_rates()
    answers = answers_of({row.organisation_id for row in rows})
    return {
        row.pk: Side(_profile(row.pk, row, row.indexed, rates, answers), row.indexed)
        for row in rows
    }


def past_sides_of(revisions: Iterable[PublishedRevision]) -> dict[int, Side]:
    """What listings said then, by the revision's key; they come with their listings."""
    rows = list(revisions)
    rates = current_rates()
    answers = answers_of({row.listing.organisation_id for row in rows})
    return {
        row.pk: Side(_profile(row.pk, row.listing, row, rates, answers), row)
        for row in rows
    }


class Bench:
    """Sides and needs read once and kept while many listings are scored in a row.

    Holds at most ``most`` of each: a need weighs about 100 kB. What is kept is as old
    as the bench; make a new one for every run.
    """

    def __init__(self, most: int = 400) -> None:
        self.most = most
        self.sides: dict[int, Side] = {}
        self.needs: dict[int, Need] = {}

    def sides_of(self, listings: Iterable[int]) -> dict[int, Side]:
        wanted = list(listings)
        missing = [pk for pk in wanted if pk not in self.sides]
        self._make_room(len(missing))
        self.sides |= sides_of(missing)
        return {pk: self.sides[pk] for pk in wanted if pk in self.sides}

    def needs_of(self, sides: Iterable[Side]) -> dict[int, Need]:
        wanted = list(sides)
        self.needs |= needs_of(
            side for side in wanted if side.profile.id not in self.needs
        )
        return {side.profile.id: self.needs[side.profile.id] for side in wanted}

    def _make_room(self, coming: int) -> None:
        if len(self.sides) + coming > self.most:
            self.sides.clear()
            self.needs.clear()


def needs_of(sides: Iterable[Side]) -> dict[int, Need]:
    """What each side seeks, with the frequencies of its words; one query a batch."""
    sides = list(sides)
    needs: dict[int, Need] = {}
    for start in range(0, len(sides), BATCH):
        batch = sides[start : start + BATCH]
        keys = set().union(*(side.keys() for side in batch))
        # Where nobody says a word, nothing is asked.
        frequencies = frequencies_of(keys) if keys else Frequencies()
        needs |= {side.profile.id: need_for(side, frequencies) for side in batch}
    return needs


def need_for(
    side: Side, frequencies: Frequencies, lexicon: Lexicon | None = None
) -> Need:
    """What one side seeks, bound to frequencies that are at hand.

    By the site's lexicon, unless another is given.
    """
    positions = side.need_positions
    codes = frequencies.of(Field.OFFER_CODES)
    words = None
    if positions:
        words = LexicalQuery.of(
            positions,
            side.need_grams,
            frequencies.of(Field.OFFER_WORDS),
            frequencies.of(Field.OFFER_GRAMS),
        )
    meanings = {
        word: inverse_frequency([key_of(term) for term in word], codes)
        for word in side.meanings(lexicon or current_lexicon())
    }
    return Need(side.profile, words, meanings)


def _profile(
    pk: int,
    listing: Listing,
    row: IndexColumns,
    rates: Mapping[str, Decimal],
    answers: Mapping[int, tuple[int, int]],
) -> Profile:
    return Profile(
        id=pk,
        organisation=listing.organisation_id,
        kind=row.kind,
        written_in=listing.written_in,
        need_codes=frozenset(matched_codes(row.need_codes.split())),
        offer_codes=frozenset(matched_codes(row.offer_codes.split())),
        offer_words=unpack(row.offer_words),
        offer_grams=unpack(row.offer_grams),
        offer_length=row.offer_length,
        offer_gram_length=row.offer_gram_length,
        place=row.place,
        reach=row.reach,
        meets_online=listing.meets_online,
        stage=row.stage,
        languages=frozenset(row.languages),
        instruments=frozenset(row.instruments),
        amounts=in_dollars(row, rates),
        answers=answers.get(listing.organisation_id, (0, 0)),
    )


def in_dollars(
    stated: IndexColumns | InvestorMandate, rates: Mapping[str, Decimal]
) -> tuple[float, float] | None:
    """Its range in US dollars, for comparing alone; None where unknown."""
    low, high = stated.amount_min, stated.amount_max
    low, high = low if low is not None else high, high if high is not None else low
    rate = rates.get(stated.amount_currency)
    if not rate or not low or not high:
        return None
    unit = UNITS[stated.amount_currency]
    return tuple(  # type: ignore[return-value]
        float(Decimal(end).scaleb(-unit.exponent) / rate) for end in (low, high)
    )


def current_rates() -> dict[str, Decimal]:
    """Units of each currency for one US dollar, by the newest rate of half a year."""
    since = timezone.localdate() - timedelta(days=RATE_DAYS)
    rates = ExchangeRate.objects.filter(on__gte=since).order_by("on")
    return {"USD": Decimal(1)} | {rate.currency: rate.per_usd for rate in rates}


def answers_of(organisations: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How often each organisation said yes, of how many requests that have ended."""
    since = timezone.now() - timedelta(days=ANSWER_DAYS)
    rows = (
        Introduction.objects.filter(
            asked__in=list(organisations),
            asked_at__gte=since,
            silenced_at__isnull=True,
        )
        .exclude(status__in=UNANSWERED)
        .values_list("asked")
        .annotate(
            yes=Count("pk", filter=Q(status__in=SAID_YES)),
            asked_times=Count("pk"),
        )
    )
    return {pk: (yes, asked) for pk, yes, asked in rows}
