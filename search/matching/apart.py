"""Pairs that are not matched because one end does not want to meet the other."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from marketplace.listings.models import Listing, named
from marketplace.organisations.apart import within
from marketplace.organisations.models import (
    Avoidance,
    Block,
    BlockedAlias,
    Organisation,
)
from search.models import Match


def kept_apart(listing: Listing, others: Collection[int]) -> set[int]:
    """Which of these listings are never matched with this one, either way.

    Few queries, however many they are. Both owners can see that a match is missing, so
    it may rest only on what they know: a block on both ends counts where both are named
    or were met over, a hard negative where the listing of who has it is named, and for
    what the other listing says itself. Were all hidden matches of a blocked party to
    vanish, or of a district, whoever blocks it would know whose they are, and where.
    """
    rows = Listing.objects.filter(pk__in=list(others))
    avoiding = Q(organisation__in=_avoiding(listing).values("organisation"))
    apart = _blocked(listing) | (named() & avoiding)
    if not listing.is_hidden:
        apart |= _avoided_by(listing.organisation)
    return set(rows.filter(apart).values_list("pk", flat=True))


def _blocked(listing: Listing) -> Q:
    """Named, or met over, on both ends of a block: no page of either shows the other."""
    own = listing.organisation
    live = Block.objects.live()
    if listing.is_hidden:
        met_here = Q(aliases__alias=listing.public_id)
        ours, theirs = live.filter(met_here), live.filter(met_here)
    else:
        ours, theirs = live.filter(known_to_other=True), live.filter(knows_other=True)
    ours, theirs = ours.filter(organisation=own), theirs.filter(other=own)
    known = Q(organisation__in=ours.filter(knows_other=True).values("other"))
    known |= Q(
        organisation__in=theirs.filter(known_to_other=True).values("organisation")
    )
    blocks = Q(block__in=ours.values("pk")) | Q(block__in=theirs.values("pk"))
    met = BlockedAlias.objects.filter(blocks)
    apart = (named() & known) | Q(public_id__in=met.values("alias"))
    return apart & ~Q(organisation=own)


def _avoided_by(organisation: Organisation) -> Q:
    avoided = organisation.avoidances.all()
    places = list(avoided.filter(place__isnull=False).values_list("place", flat=True))
    sectors = list(within(avoided).values_list("pk", flat=True))
    there = Listing.sectors.through.objects.filter(sector__in=sectors)
    return Q(place__in=places) | Q(pk__in=there.values("listing"))


def _avoiding(listing: Listing) -> "QuerySet[Avoidance]":
    """Hard negatives of others that this listing falls under."""
    codes = {sector.code for sector in listing.sectors.all()}
    above = {code[:length] for code in codes for length in range(1, len(code) + 1)}
    places = [listing.place_id] if listing.place_id else []
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
