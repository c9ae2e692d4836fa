"""Between a listing's document, its stored row, and what it adds to the counts."""

from collections.abc import Iterator
from typing import Any

from search.analysis import VERSION, grams_of
from search.codes import gate_terms
from search.documents import PUBLIC_TIER, ListingDocument, surfaces_of, words_of
from search.frequencies import Tally
from search.models import Field, IndexedListing
from search.models.index import IndexColumns
from search.vectors import (
    gram_vector,
    key_of,
    keys_in,
    pack,
    pack_positions,
    positions_of,
    unpack,
    vector_of,
)

_SAME = (
    "version",
    "kind",
    "side",
    "place",
    "reach",
    "stage",
    "amount_min",
    "amount_max",
    "amount_currency",
    "published_on",
    "expires_at",
    "offer_terms",
    "need_terms",
)
_READ_BY_ENGINES = (
    "pk",
    "version",
    "kind",
    "side",
    "offer_terms",
    "need_terms",
    "offer_codes",
    "need_codes",
)


def row_of(document: ListingDocument) -> IndexedListing:
    """The unsaved row of a document, with its vectors."""
    row = IndexedListing(
        listing_id=document.id,
        analyser_version=VERSION,
        languages=list(document.languages),
        instruments=list(document.instruments),
        offer_codes=" ".join(document.offer_codes),
        need_codes=" ".join(document.need_codes),
        **{name: getattr(document, name) for name in _SAME},
    )
    fill_vectors(row)
    return row


def fill_vectors(row: IndexColumns) -> None:
    """Sets, unsaved, every packed column to what the terms of the row say."""
    for side in ("offer", "need"):
        terms: str = getattr(row, f"{side}_terms")
        words = words_of(terms)
        grams = grams_of(surfaces_of(terms))
        setattr(row, f"{side}_words", pack(vector_of(words)))
        setattr(row, f"{side}_grams", pack(gram_vector(grams)))
        setattr(row, f"{side}_length", len(words))
        setattr(row, f"{side}_gram_length", len(grams))
    row.need_query = pack_positions(positions_of(words_of(row.need_terms)))


def document_in(row: IndexColumns) -> ListingDocument:
    """The document a row was made of, without analysing anything."""
    return ListingDocument(
        id=row.pk,
        languages=tuple(row.languages),
        instruments=tuple(row.instruments),
        offer_codes=tuple(row.offer_codes.split()),
        need_codes=tuple(row.need_codes.split()),
        gates=gate_terms(PUBLIC_TIER, row.kind, row.side),
        **{name: getattr(row, name) for name in _SAME},
    )


def documents_in_rows() -> Iterator[ListingDocument]:
    """All documents, by ascending id, with no more than engines read of them."""
    rows = IndexedListing.objects.order_by("pk").values_list(*_READ_BY_ENGINES)
    for pk, version, kind, side, offer, need, offer_codes, need_codes in rows.iterator(
        chunk_size=1_000
    ):
        yield ListingDocument(
            id=pk,
            version=version,
            kind=kind,
            side=side,
            gates=gate_terms(PUBLIC_TIER, kind, side),
            offer_terms=offer,
            need_terms=need,
            offer_codes=tuple(offer_codes.split()),
            need_codes=tuple(need_codes.split()),
        )


def spellings_in(row: Any) -> list[str]:
    """The words of a row, or of a tuple with its two texts, as they are spelled."""
    return surfaces_of(f"{row.offer_terms} {row.need_terms}")


COUNTED = (
    "offer_words",
    "offer_grams",
    "offer_length",
    "offer_gram_length",
    "need_words",
    "need_grams",
    "need_length",
    "need_gram_length",
    "offer_codes",
    "need_codes",
    "offer_terms",
    "need_terms",
)
"""The columns that `tally_of` and `spellings_in` read."""


def tally_of(row: Any, tally: Tally, sign: int = 1) -> None:
    """Adds a row, or a tuple of its counted columns, to the counts or takes it out."""
    offer_codes, need_codes = row.offer_codes.split(), row.need_codes.split()
    for name, keys, length in (
        (Field.OFFER_WORDS, keys_in(unpack(row.offer_words)), row.offer_length),
        (Field.OFFER_GRAMS, keys_in(unpack(row.offer_grams)), row.offer_gram_length),
        (Field.NEED_WORDS, keys_in(unpack(row.need_words)), row.need_length),
        (Field.NEED_GRAMS, keys_in(unpack(row.need_grams)), row.need_gram_length),
        (Field.OFFER_CODES, map(key_of, offer_codes), len(offer_codes)),
        (Field.NEED_CODES, map(key_of, need_codes), len(need_codes)),
    ):
        tally.add(name, keys, length, sign)
