"""A published listing as the index sees it: public fields, analysed, nothing else.

Terms are written as text: positions apart by a space, the forms of one word by ``/``,
surface form first (``ולחברות/לחברות/חברות``). No form contains either sign.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db.models import QuerySet

from marketplace.listings.models import Listing, ListingItem
from search.analysis import analyse
from search.codes import CAPITAL, capability_term, gate_terms, sector_terms
from search.lexicon import Lexicon, current_lexicon
from search.names import sound_terms

PUBLIC_TIER = "public"


@dataclass(frozen=True, slots=True)
class ListingDocument:
    """What engines and scores may know of a listing; anything private is absent.

    ``version`` never falls. Amounts are ISO minor units of ``amount_currency``, "" and
    None where the owner said nothing. ``side`` is here for gates, never as a reason.
    """

    id: int
    version: int
    kind: str
    side: str
    gates: tuple[str, ...] = ()
    offer_terms: str = ""
    need_terms: str = ""
    offer_codes: tuple[str, ...] = ()
    need_codes: tuple[str, ...] = ()
    place: str = ""
    reach: str = ""
    stage: str = ""
    languages: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    amount_min: int | None = None
    amount_max: int | None = None
    amount_currency: str = ""
    published_on: date | None = None
    expires_at: datetime | None = None


def document_for(listing: Listing) -> ListingDocument:
    """The document of a listing as it stands in memory, visible or not.

    Loads what was not prefetched; for many, see ``documents_for``.
    """
    lexicon = current_lexicon()
    offered, needed = _texts(listing)
    offer_words, need_words = analyse(offered), analyse(needed)
    offer_codes, need_codes = _codes(listing)
    place = listing.place or listing.organisation.place
    return ListingDocument(
        id=listing.pk,
        version=listing.version,
        kind=listing.kind,
        side=listing.organisation.side,
        gates=gate_terms(PUBLIC_TIER, listing.kind, listing.organisation.side),
        offer_terms=terms_of(offer_words),
        need_terms=terms_of(need_words),
        offer_codes=_each_once(offer_codes, read_codes(offer_words, lexicon)),
        need_codes=_each_once(need_codes, read_codes(need_words, lexicon)),
        place=place.slug if place else "",
        reach=listing.reach,
        stage=listing.stage,
        languages=tuple(listing.languages),
        instruments=tuple(listing.instruments),
        amount_min=listing.amount_min,
        amount_max=listing.amount_max,
        amount_currency=listing.amount_currency,
        published_on=listing.published_on,
        expires_at=listing.expires_at,
    )


def documents_for(listings: QuerySet[Listing]) -> Iterator[ListingDocument]:
    """The documents of many listings by a fixed number of queries."""
    loaded = listings.select_related("organisation__place", "place").prefetch_related(
        "sectors", "brings__capability", "needs__capability"
    )
    for listing in loaded:
        yield document_for(listing)


def read_codes(words: Sequence[Sequence[str]], lexicon: Lexicon) -> tuple[str, ...]:
    """What an index knows of analysed words beside them: concepts, and sounds of names."""
    meanings, unknown = lexicon.read(words)
    concepts = (concept.term for concept in chain.from_iterable(meanings))
    sounds = chain.from_iterable(sound_terms(unknown))
    return tuple(dict.fromkeys((*concepts, *sounds)))


def terms_of(words: Iterable[Sequence[str]]) -> str:
    """Analysed words in the notation of this module."""
    return " ".join("/".join(forms) for forms in words)


def words_of(terms: str) -> list[tuple[str, ...]]:
    """The analysed words written in the notation of this module."""
    return [tuple(forms.split("/")) for forms in terms.split()]


def surfaces_of(terms: str) -> list[str]:
    """The surface forms alone."""
    return [forms.partition("/")[0] for forms in terms.split()]


def _texts(listing: Listing) -> tuple[str, str]:
    headline = f"{listing.title}\n{listing.summary}"
    brings = "\n".join(item.text for item in listing.brings.all())
    needs = "\n".join(item.text for item in listing.needs.all())
    if listing.kind == Listing.Kind.NEED:
        return brings, f"{headline}\n{needs}"
    return f"{headline}\n{brings}", needs


def _codes(listing: Listing) -> tuple[list[str], list[str]]:
    """Codes offered and needed; a sector stands on the side its kind of listing says.

    A need seeks its sectors and a funding looks for firms of them; an investment
    sought offers its sectors and needs capital.
    """
    sectors = [
        term for sector in listing.sectors.all() for term in sector_terms(sector.code)
    ]
    brings = _capabilities(listing.brings.all())
    needs = _capabilities(listing.needs.all())
    kind = Listing.Kind(listing.kind)
    if kind == Listing.Kind.NEED:
        return brings, sectors + needs
    if kind == Listing.Kind.FUNDING:
        return [CAPITAL, *brings], sectors + needs
    if kind == Listing.Kind.INVESTMENT:
        return sectors + brings, [CAPITAL, *needs]
    return sectors + brings, needs


def _capabilities(items: Iterable[ListingItem]) -> list[str]:
    return [capability_term(item.capability.slug) for item in items if item.capability]


def _each_once(*codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(*codes)))
