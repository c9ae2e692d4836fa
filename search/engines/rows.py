"""The last reserve: candidates straight from the index rows in Django's database.

Slow beside a real index (it reads every row), but it is right as soon as the rows are,
needs no file and no server, and so answers while either is being made anew.
"""

from collections.abc import Iterable, Iterator

from django.db.models import F, FloatField, Q, Value
from django.db.models.expressions import Case, Combinable, When
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from marketplace.listings.models import Listing
from marketplace.organisations.models import Side as Who
from search.codes import gate_terms
from search.documents import PUBLIC_TIER, ListingDocument
from search.models import IndexedListing
from search.needs import Side
from search.queries import Query

from .base import EngineHealth, Results

MOST_TERMS = 12
_COLUMNS = {
    Side.OFFERS: (("offer_terms",), ("offer_codes",)),
    Side.NEEDS: (("need_terms",), ("need_codes",)),
    Side.BOTH: (("offer_terms", "need_terms"), ("offer_codes", "need_codes")),
}


class RowsEngine:
    """Holds nothing of its own, so there is nothing to fill and nothing to break."""

    name = "rows"
    is_remote = False

    def search(self, query: Query) -> Results:
        """The listings with most of the rarest terms; a rough order, made exact later."""
        if query.is_empty:
            return Results()
        rows = (
            IndexedListing.objects.filter(_allowed(query.gates))
            .annotate(hits=_hits(query))
            .filter(hits__gt=0)
            .order_by(F("hits").desc(), "pk")
        )
        return Results(tuple(rows.values_list("pk", flat=True)[: query.limit]))

    def put(self, documents: Iterable[ListingDocument]) -> None:
        """Nothing to do: the rows are written before any engine is told."""

    def remove(self, ids: Iterable[int]) -> None:
        """Nothing to do: the rows are gone already."""

    def rebuild(self, documents: Iterable[ListingDocument]) -> None:
        """Nothing to do."""

    def health(self, *, thorough: bool = False) -> EngineHealth:
        """As well as the database is."""
        return EngineHealth(ok=True, documents=IndexedListing.objects.count())

    def versions(self) -> Iterator[tuple[int, int]]:
        """Those of the rows."""
        rows = IndexedListing.objects.order_by("pk").values_list("pk", "version")
        yield from rows.iterator()


def _hits(query: Query) -> Combinable:
    """How many of the terms a row has; terms come rarest first, and few will do."""
    words, codes = _COLUMNS[query.side]
    terms = [(term, words) for term in query.terms[:MOST_TERMS]]
    # With the blank behind it, so that no sound is met by a longer one.
    terms += [(f"{code} ", codes) for code in query.codes[:MOST_TERMS]]
    hits: Combinable = Value(0.0, output_field=FloatField())
    for term, columns in terms:
        here = Q()
        for column in columns:
            here |= Q(_holds(column, term))
        hits = hits + Case(When(here, then=Value(1.0)), default=Value(0.0))
    return hits


def _holds(column: str, term: str) -> Q:
    whole = Concat(column, Value(" "))
    return Q(GreaterThan(StrIndex(whole, Value(term)), 0))


def _allowed(gates: tuple[str, ...]) -> Q:
    """The kinds and sides that gate terms let through; no gate means all."""
    if not gates:
        return Q()
    allowed = Q(pk__in=[])
    for kind in Listing.Kind.values:
        for side in Who.values:
            if not set(gates).isdisjoint(gate_terms(PUBLIC_TIER, kind, side)):
                allowed |= Q(kind=kind, side=side)
    return allowed
