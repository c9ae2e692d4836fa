"""What the owner of a listing that was taken down reads, and can still do."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from marketplace.people.models import User

from .models import Listing, Removal
from .permissions import can_appeal


@dataclass(frozen=True, slots=True)
class RemovalFace:
    """Why it was taken down, the owner's own words to it, and the answer."""

    listing_id: UUID
    reason: str
    note: str
    appeal: str
    appealed_at: datetime | None
    answer: str
    answered_at: datetime | None
    is_waiting: bool
    may_appeal: bool


def removal_face(listing: Listing, viewer: User) -> RemovalFace | None:
    """The last taking down of a listing that is down; None for one that is not."""
    if listing.withdrawn_at is None:
        return None
    last = listing.removals.first()
    if last is None or last.removed_at < listing.withdrawn_at:
        return None  # its owner has withdrawn it since
    return RemovalFace(
        listing_id=listing.public_id,
        reason=str(last.get_reason_display()),
        note=last.note,
        appeal=last.appeal,
        appealed_at=last.appealed_at,
        answer=last.answer,
        answered_at=last.answered_at,
        is_waiting=Removal.objects.waiting().filter(pk=last.pk).exists(),
        may_appeal=can_appeal(viewer, last),
    )
