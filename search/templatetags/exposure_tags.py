"""What owners read of a listing of theirs: how often others met it, and what may help."""

from uuid import UUID

from django import template

from marketplace.listings.models import Listing
from search.helping import Help, help_for
from search.seen import Seen, seen_of

register = template.Library()


@register.inclusion_tag("search/_seen.html")
def times_shown(public_id: UUID) -> dict[str, Seen | None]:
    """How often a listing was shown; for its owner alone."""
    return {"seen": seen_of(public_id)}


@register.inclusion_tag("search/_helps.html")
def what_helps(listing: Listing) -> dict[str, Help | UUID]:
    """What may help a listing without a match; for its owner alone."""
    return {"help": help_for(listing), "public_id": listing.public_id}
