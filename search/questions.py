"""A reader's question as one line of text, the same for the same question."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from marketplace.listings.models import Listing

from .forms import Filters, filters_in


def question_of(filters: Filters) -> str:
    """The query of the search page, without the order and the page; empty for all."""
    switches = ("verified", "online", "women_led")
    pairs = [
        ("q", filters.q),
        ("kind", filters.kind),
        *(("sector", code) for code in sorted(filters.sectors)),
        *(("place", slug) for slug in sorted(filters.places)),
        ("around", filters.around),
        *(("lang", code) for code in sorted(filters.languages)),
        *((name, "1") for name in switches if getattr(filters, name)),
    ]
    return urlencode([(name, value) for name, value in pairs if value])


def filters_of(question: str) -> Filters:
    return filters_in(QueryDict(question))


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A saved search in its owner's list."""

    question: str
    url: str
    words: str
    kind_label: str
    filters: int


def line_of(question: str) -> SearchLine:
    filters = filters_of(question)
    return SearchLine(
        question=question,
        url=f"{reverse('search:listings')}?{question}&sort=newest",
        words=filters.q,
        kind_label=str(Listing.Kind(filters.kind).label) if filters.kind else "",
        filters=filters.count,
    )
