"""The one judge of whether a listing fits a mandate: pages, previews and letters ask it.

Musts first, then the score that any pair of listings would get.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate, Must
from marketplace.organisations.meeting import may_meet
from marketplace.organisations.traits import shared_traits
from search.analysis import analyse
from search.codes import CAPITAL, sector_terms
from search.documents import ListingDocument, terms_of
from search.frequencies import frequencies_of
from search.indexed import row_of
from search.lexicon import current_lexicon
from search.matching.features import Need, Profile
from search.matching.profiles import Bench, Side, current_rates, in_dollars, need_for
from search.matching.ranking import ScoredPair, score_pair
from search.matching.reasons import Sharing, reasons_of
from search.matching.weighing import current_weighing
from search.vectors import unpack

KIND = Listing.Kind.INVESTMENT
"""What investors are told of: investments sought."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a listing fits, and the pair it was judged by; None where it does not."""

    pair: ScoredPair | None

    @property
    def fits(self) -> bool:
        return self.pair is not None


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
        self.need = need_for(self.side, frequencies_of(self.side.keys()))
        self.traits = set(mandate.traits) & set(shared_traits())

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

    def decide(self, listing: Listing, side: Side, need: Need) -> Decision:
        """Whether ``listing``, read as ``side`` and ``need``, fits.

        ``listing`` comes with its organisation.
        """
        if side.row.kind != KIND or not may_meet(
            self.mandate.organisation, listing.organisation
        ):
            return Decision(None)
        if not all(self._holds(must, listing, side) for must in self.mandate.musts):
            return Decision(None)
        pair = score_pair(self.need, need, current_weighing())
        return Decision(pair if pair and pair.passes else None)

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
