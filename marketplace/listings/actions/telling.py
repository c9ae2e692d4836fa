"""Who hears of a listing: whoever still acts for the organisation that owns it."""

from datetime import datetime
from typing import Any

from marketplace.listings.models import Listing, ListingReviewState
from marketplace.listings.notice_kinds import WAITS_FOR_REVIEW
from marketplace.listings.permissions import can_decide
from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind
from marketplace.organisations.permissions import people_acting_for
from marketplace.people.models import User
from marketplace.people.permissions import holders_of


def tell_owner(
    listing: Listing,
    kind: NoticeKind,
    *,
    url: str = "",
    until: datetime | None = None,
    **parameters: Any,
) -> None:
    """Tell who wrote it; the colleagues, where that person has left them.

    `until` reaches each reader as the day it is where that reader lives, which is
    the day the listing's own page names.
    """
    for person in _owners_of(listing):
        if until:
            parameters["until"] = person.day_of(until)
        notify(
            person,
            kind,
            about=listing,
            url=url or listing.get_absolute_url(),
            title=listing.title,
            **parameters,
        )


def _owners_of(listing: Listing) -> list[User]:
    people = list(people_acting_for(listing.organisation))
    return [each for each in people if each.pk == listing.owner_id] or people


def tell_reviewers(listing: Listing, step: ListingReviewState) -> None:
    """Those whose turn it is; once for a text, however often it is handed in."""
    for reviewer in holders_of("listings.publish_listing"):
        if can_decide(reviewer, step):
            notify(
                reviewer,
                WAITS_FOR_REVIEW,
                about=listing,
                url="/staff/",
                once=f"{listing.public_id}:{step.revision_id}",
            )
