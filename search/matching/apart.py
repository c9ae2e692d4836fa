"""Pairs that are not matched because one end does not want to meet the other."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from marketplace.listings.models import Listing
from marketplace.organisations.apart import within
from marketplace.organisations.models import Avoidance, Block, Organisation
from search.models import Match


def kept_apart(listing: Listing, others: Collection[int]) -> set[int]:
    """Which of these listings are never matched with this one, either way.

    Six queries, however many they are. Here, unlike on a search page, a declared
    district or sector counts: nobody can see that a match is missing.
    """
    rows = Listing.objects.filter(pk__in=list(others))
    own = listing.organisation
    live = Block.objects.live()
    apart = rows.filter(
        Q(organisation__in=live.filter(organisation=own).values("other"))
        | Q(organisation__in=live.filter(other=own).values("organisation"))
        | _avoided_by(own)
        | Q(organisation__in=_avoiding(listing).values("organisation"))
    )
    return set(apart.values_list("pk", flat=True))


def _avoided_by(organisation: Organisation) -> Q:
    avoided = organisation.avoidances.all()
    places = list(avoided.filter(place__isnull=False).values_list("place", flat=True))
    sectors = list(within(avoided).values_list("pk", flat=True))
    return (
        Q(place__in=places)
        | Q(organisation__place__in=places)
        | Q(
            pk__in=Listing.sectors.through.objects.filter(sector__in=sectors).values(
                "listing"
            )
        )
        | Q(
            organisation__in=Organisation.objects.filter(sectors__in=sectors).values(
                "pk"
            )
        )
    )


def _avoiding(listing: Listing) -> "QuerySet[Avoidance]":
    """Hard negatives of others that this listing or its organisation falls under."""
    own = listing.organisation
    places = {pk for pk in (listing.place_id, own.place_id) if pk}
    codes = {sector.code for sector in (*listing.sectors.all(), *own.sectors.all())}
    above = {code[:length] for code in codes for length in range(1, len(code) + 1)}
    return Avoidance.objects.filter(Q(place__in=places) | Q(sector__code__in=above))


def drop_apart(organisation: Organisation) -> int:
    """Withdraw at once the matches of an organisation that may be none any more."""
    dropped = 0
    for listing in Listing.objects.live().filter(organisation=organisation):
        rows = Match.objects.live().of(listing)
        ends = {row.other_than(listing): row.pk for row in rows}
        apart = kept_apart(listing, ends)
        dropped += Match.objects.filter(pk__in=[ends[pk] for pk in apart]).update(
            status=Match.Status.WITHDRAWN
        )
    return dropped
