"""What the page of one's own listing tells of how often others met it."""

from uuid import UUID

from django import template

from search.seen import Seen, seen_of

register = template.Library()


@register.inclusion_tag("search/_seen.html")
def times_shown(public_id: UUID) -> dict[str, Seen | None]:
    """How often a listing was shown; for its owner alone."""
    return {"seen": seen_of(public_id)}
