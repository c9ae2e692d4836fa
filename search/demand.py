"""What is looked for and not there: counted by meaning, coarse, without persons.

A search that finds nothing leaves the concepts, sectors and kinds of help that it
spoke of, one more each; beside them stand the kinds of help that live listings need and
no other brings. Programme staff read it to call for offers.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Sum
from django.utils import timezone
from django.utils.translation import get_language

from marketplace.listings.models import Brings, Listing, Needs
from marketplace.taxonomy.models import LexiconEntry

from .codes import capability_term, concept_term, sector_terms
from .facets import coarse
from .forms import Filters
from .matching.wording import name_of
from .models import UnmetSearch
from .needs import need_of_text

DAYS = 90
MOST_MEANINGS = 8
"""Of one search: a line of two hundred signs may hold forty words."""
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Demand:
    """One meaning: how often it was searched for in vain, and how many need it.

    Both rounded down to fives, 0 for fewer than five.
    """

    name: str
    searched: int
    needed: int


def note_unmet(filters: Filters) -> None:
    """Somebody found nothing; what the words and filters mean is counted once more."""
    meanings = need_of_text(filters.q).meanings if filters.q else ()
    terms = [concept.term for word in meanings for concept in word]
    terms += [sector_terms(code)[-1] for code in filters.sectors]
    known = [term for term in dict.fromkeys(terms) if not term.startswith("other_")]
    if not known:
        return
    # In one order, so that two first searches of a day never wait for each other.
    today, counted = timezone.localdate(), sorted(known[:MOST_MEANINGS])
    UnmetSearch.objects.bulk_create(
        [UnmetSearch(term=term, happened_on=today) for term in counted],
        ignore_conflicts=True,
    )
    rows = UnmetSearch.objects.filter(term__in=counted, happened_on=today)
    rows.update(times=F("times") + 1)


def forget_old() -> None:
    """Drop what is older than a quarter."""
    first = timezone.localdate() - timedelta(days=DAYS)
    UnmetSearch.objects.filter(happened_on__lt=first).delete()


def demand() -> list[Demand]:
    """What is missed most in the last quarter, in the reader's language."""
    searched, needed = _searched(), _needed()
    terms = searched.keys() | needed.keys()
    names = _names_of(terms)
    rows = [
        Demand(names[term], coarse(searched.get(term, 0)), coarse(needed.get(term, 0)))
        for term in terms
        if names.get(term)
    ]
    shown = [row for row in rows if row.searched or row.needed]
    return sorted(shown, key=lambda row: (-row.searched - row.needed, row.name))[
        :MOST_ROWS
    ]


def nobody_brings(listing: Listing) -> list[str]:
    """Of what a listing needs, the kinds of help that no other live listing brings."""
    needed = Needs.objects.filter(listing=listing.pk, capability__isnull=False)
    others = Listing.objects.live().exclude(organisation=listing.organisation_id)
    missing = needed.exclude(capability__in=_brought_by(others))
    slugs = missing.values_list("capability__slug", flat=True)
    return [name_of(capability_term(slug)) for slug in dict.fromkeys(slugs)]


def _searched() -> dict[str, int]:
    first = timezone.localdate() - timedelta(days=DAYS)
    rows = UnmetSearch.objects.filter(happened_on__gte=first).values("term")
    return dict(rows.annotate(all=Sum("times")).values_list("term", "all"))


def _needed() -> dict[str, int]:
    live = Listing.objects.live().order_by().values("pk")
    rows = Needs.objects.filter(listing__in=live, capability__isnull=False)
    missing = rows.exclude(capability__in=_brought_by(Listing.objects.live()))
    counted = missing.order_by().values("capability__slug")
    counted = counted.annotate(count=Count("listing", distinct=True))
    return {
        capability_term(slug): count
        for slug, count in counted.values_list("capability__slug", "count")
    }


def _brought_by(listings):
    brought = Brings.objects.filter(listing__in=listings.order_by().values("pk"))
    return brought.filter(capability__isnull=False).values("capability")


def _names_of(terms: Collection[str]) -> Mapping[str, str]:
    names = {term: name_of(term) for term in terms if not term.startswith("con_")}
    words = f"words_{(get_language() or 'en')[:2]}"
    for concept, some in LexiconEntry.objects.values_list("concept", words):
        if (term := concept_term(concept)) in terms and some:
            names[term] = some[0]
    return names
