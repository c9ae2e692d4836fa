"""The one judge of whether a listing fits a mandate: pages, previews and letters ask it.

Musts first, then the score that any pair of listings would get.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate, Must
from marketplace.organisations.meeting import Matrix, matrix, may_meet
from marketplace.organisations.traits import shared_traits
from search.analysis import analyse
from search.codes import CAPITAL, sector_terms
from search.documents import ListingDocument, terms_of
from search.indexed import row_of
from search.lexicon import current_lexicon
from search.matching.features import Need, Profile
from search.matching.profiles import Bench, Side, current_rates, in_dollars, needs_of
from search.matching.ranking import ScoredPair, Weighing, score_pair
from search.matching.reasons import Sharing, reasons_of
from search.matching.weighing import current_weighing
from search.vectors import unpack

KIND = Listing.Kind.INVESTMENT
"""What investors are told of: investments sought."""
BATCH = 500
"""Mandates read at once: databases bound a query's parameters."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a listing fits, and the pair it was judged by; None where it does not."""

    pair: ScoredPair | None

    @property
    def fits(self) -> bool:
        return self.pair is not None


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every pair: who meets whom, and what each figure is worth."""

    meetings: Matrix
    weighing: Weighing

    @classmethod
    def now(cls) -> "Rules":
        """As they are in force; read them anew for every listing that came."""
        return cls(matrix(), current_weighing())


class MandateEvaluator:
    """Holds one mandate, read once, and judges any number of listings.

    Works on mandates that are not saved too, so that a preview asks the same judge.
    """

    def __init__(
        self,
        mandate: InvestorMandate,
        *,
        sectors: Iterable[str],
        places: Iterable[str],
        rates: Mapping[str, Decimal] | None = None,
    ) -> None:
        self.mandate = mandate
        self.sector_keys = keys_of(sectors)
        document = document_of(mandate, sectors)
        self.side = _side_of(mandate, document, places, rates or current_rates())
        self.traits = set(mandate.traits) & (
            shared_traits() if mandate.traits else frozenset()
        )
        self._need: Need | None = None

    @classmethod
    def of(
        cls, mandate: InvestorMandate, rates: Mapping[str, Decimal] | None = None
    ) -> "MandateEvaluator":
        """For a saved mandate, with its conditions as they are kept."""
        return cls(
            mandate,
            sectors=[sector.code for sector in mandate.sectors.all()],
            places=[place.slug for place in mandate.places.all()],
            rates=rates,
        )

    @classmethod
    def of_all(
        cls, mandates: Collection[int], rates: Mapping[str, Decimal] | None = None
    ) -> Iterator["MandateEvaluator"]:
        """For saved mandates, by their keys; a fixed number of queries a batch."""
        rates = rates or current_rates()
        keys = list(mandates)
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            sectors = _chosen(batch, "sectors", "sector__code")
            places = _chosen(batch, "places", "place__slug")
            # Many mandates of one organisation share its row when it is prefetched.
            rows = InvestorMandate.objects.filter(pk__in=batch).prefetch_related(
                "organisation"
            )
            for row in rows:
                yield cls(
                    row, sectors=sectors[row.pk], places=places[row.pk], rates=rates
                )

    @property
    def need(self) -> Need:
        """What it seeks, bound to the frequencies of its words when first asked."""
        if self._need is None:
            bind_needs([self])
        assert self._need is not None  # noqa: S101
        return self._need

    def decide(
        self, listing: Listing, side: Side, need: Need, rules: Rules | None = None
    ) -> Decision:
        """Whether ``listing``, read as ``side`` and ``need``, fits.

        ``listing`` comes with its organisation.
        """
        rules = rules or Rules.now()
        if not self.admits(listing, side, rules):
            return Decision(None)
        pair = score_pair(self.need, need, rules.weighing)
        return Decision(pair if pair and pair.passes else None)

    def admits(self, listing: Listing, side: Side, rules: Rules) -> bool:
        """Whether all that must hold does, before anything is scored."""
        return (
            side.row.kind == KIND
            and may_meet(
                self.mandate.organisation, listing.organisation, rules.meetings
            )
            and all(self._holds(must, listing, side) for must in self.mandate.musts)
        )

    def _holds(self, must: str, listing: Listing, side: Side) -> bool:
        own, other = self.side.profile, side.profile
        match must:
            case Must.SECTORS:
                return bool(other.offer_codes & self.sector_keys)
            case Must.STAGES:
                return bool(own.all_stages & other.all_stages)
            case Must.PLACES:
                return bool(own.all_places & other.all_places)
            case Must.LANGUAGES:
                return bool(own.languages & other.languages)
            case Must.AMOUNT:
                return _overlap(own.amounts, other.amounts)
            case Must.INSTRUMENTS:
                return bool(own.instruments & other.instruments)
            case Must.TRAITS:
                return bool(self.traits & set(listing.organisation.traits))
        return False

    def reasons(
        self, pair: ScoredPair, other: Side, sharing: Sharing | None = None
    ) -> dict[str, Any]:
        """What the decision rests on, as ids and parameters; ``there`` is the mandate's.

        ``sharing`` is how common the words of both are, where many are asked at once.
        """
        sharing = sharing or Sharing.among([self.side, other])
        return {
            "there": reasons_of(pair.there, self.side, other, sharing),
            "back": reasons_of(pair.back, other, self.side, sharing),
        }


def bind_needs(evaluators: Iterable[MandateEvaluator]) -> None:
    """Looks up the words of all of them together, of each once in its life."""
    unbound = [one for one in evaluators if one._need is None]
    needs = needs_of(one.side for one in unbound)
    for one in unbound:
        one._need = needs[one.side.profile.id]


def keys_of(sectors: Iterable[str]) -> frozenset[str]:
    """Sectors as terms, each at the level it was chosen."""
    return frozenset(sector_terms(code)[-1] for code in sectors)


def document_of(mandate: InvestorMandate, sectors: Iterable[str]) -> ListingDocument:
    """A mandate in the form that listings are read in; it never reaches an engine.

    It seeks its sectors and brings capital; its words say what it seeks and what it
    is, so both directions read them.
    """
    words = analyse(mandate.words)
    concepts = [concept.term for concept in current_lexicon().find(words)]
    sought = [term for code in sectors for term in sector_terms(code)]
    return ListingDocument(
        id=-(mandate.pk or 0),
        version=mandate.version,
        kind=Listing.Kind.FUNDING,
        side="",
        offer_terms=terms_of(words),
        need_terms=terms_of(words),
        offer_codes=tuple(dict.fromkeys([CAPITAL, *concepts])),
        need_codes=tuple(dict.fromkeys([*sought, *concepts])),
    )


def sides_with_needs(
    listings: Iterable[int], bench: Bench
) -> dict[int, tuple[Side, Need]]:
    """What evaluators ask of listings, for those that are live and indexed."""
    sides = bench.sides_of(listings)
    needs = bench.needs_of(sides.values())
    return {pk: (side, needs[pk]) for pk, side in sides.items()}


def _chosen(mandates: Iterable[int], field: str, code: str) -> dict[int, list[str]]:
    """What each of these mandates chose, without a row for every choice."""
    pairs = getattr(InvestorMandate, field).through.objects.filter(
        investormandate__in=list(mandates)
    )
    chosen: dict[int, list[str]] = defaultdict(list)
    for pk, value in pairs.order_by("pk").values_list("investormandate_id", code):
        chosen[pk].append(value)
    return chosen


def _side_of(
    mandate: InvestorMandate,
    document: ListingDocument,
    places: Iterable[str],
    rates: Mapping[str, Decimal],
) -> Side:
    row = row_of(document)
    slugs = frozenset(places)
    profile = Profile(
        id=document.id,
        organisation=mandate.organisation_id,
        kind=document.kind,
        written_in=mandate.written_in,
        need_codes=frozenset(document.need_codes),
        offer_codes=frozenset(document.offer_codes),
        offer_words=unpack(row.offer_words),
        offer_grams=unpack(row.offer_grams),
        offer_length=row.offer_length,
        offer_gram_length=row.offer_gram_length,
        places=slugs,
        reach=Listing.Reach.REGION if slugs else Listing.Reach.REMOTE,
        stages=frozenset(mandate.stages),
        languages=frozenset(mandate.languages),
        instruments=frozenset(mandate.instruments),
        amounts=in_dollars(mandate, rates),
    )
    return Side(profile, row)


def _overlap(
    one: tuple[float, float] | None, other: tuple[float, float] | None
) -> bool:
    """An amount nobody stated, or no rate is known for, meets no must."""
    if one is None or other is None:
        return False
    return one[0] <= other[1] and other[0] <= one[1]
