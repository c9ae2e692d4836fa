"""Requests not sent yet: as rows of a list, for their writers, and for who helps them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from marketplace.facilitation.faces import DoneFace, done_for
from marketplace.facilitation.models import Act, Delegation
from marketplace.listings.models import Listing
from marketplace.people.models import User

from .faces import label_of
from .models import Introduction
from .permissions import can_draft


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A request not sent yet, and where it is written on."""

    public_id: UUID
    listing_id: UUID
    listing_title: str
    language: str
    begun_at: datetime


def draft_line(draft: Introduction) -> DraftLine:
    return DraftLine(
        public_id=draft.public_id,
        listing_id=draft.listing.public_id,
        listing_title=draft.listing.title,
        language=draft.listing.written_in,
        begun_at=draft.created_at,
    )


@dataclass(frozen=True, slots=True)
class DraftWordingFace:
    """Who wrote in a draft, and what its own people wrote, where it differs."""

    facilitator: str
    is_drafted: bool
    before: tuple[tuple[str, str], ...]
    done_for_us: tuple[DoneFace, ...]


def draft_wording_face(draft: Introduction | None) -> DraftWordingFace | None:
    """What a facilitator last wrote in a draft; None where nobody has touched it."""
    if draft is None:
        return None
    last = draft.wordings.select_related("facilitator__user").last()
    if last is None:
        return None
    changed = {
        name: text
        for name, text in last.before.items()
        if text and text != getattr(draft, name)
    }
    return DraftWordingFace(
        facilitator=str(last.facilitator),
        is_drafted=last.act == Act.DRAFT,
        before=tuple((label_of(name), text) for name, text in changed.items()),
        done_for_us=done_for(draft.asker, draft.public_id),
    )


@dataclass(frozen=True, slots=True)
class HelpedDraftFace:
    """A client's draft as its facilitator sees it: both sides by their aliases here.

    Addresses of listings are empty where this reader finds no such page.
    """

    public_id: UUID
    client: str
    listing_title: str
    listing_url: str
    language: str
    own_title: str
    own_url: str
    own_language: str
    may_draft: bool


def helped_drafts(user: User) -> list[HelpedDraftFace]:
    """Those in which this facilitator may write, the newest first.

    A few queries, however many they are.
    """
    rows = list(Introduction.objects.written_for_by(user).with_parties())
    found = _found(rows, user)
    held = Delegation.objects.held_by(user).filter(act=Act.DRAFT)
    drafted = set(held.values_list("about", flat=True))
    return [
        _helped(row, found, may_draft=row.public_id in drafted)
        for row in rows
        if row.listing_id in found
    ]


def helped_draft_face(draft: Introduction, user: User) -> HelpedDraftFace:
    """The draft for whom a living mandate lets in; the caller has checked that."""
    return _helped(draft, _found([draft], user), may_draft=can_draft(user, draft))


def _found(drafts: Collection[Introduction], user: User) -> set[int]:
    """Keys of the listings on both ends of these drafts that this reader finds."""
    ends = {key for row in drafts for key in (row.listing_id, row.own_listing_id)}
    rows = Listing.objects.visible_to(user).among([key for key in ends if key])
    return set(rows.values_list("pk", flat=True))


def _helped(
    draft: Introduction, found: set[int], *, may_draft: bool
) -> HelpedDraftFace:
    at, own = draft.listing, draft.own_listing
    if own is not None and own.pk not in found:
        own = None
    return HelpedDraftFace(
        public_id=draft.public_id,
        client=draft.alias_of(draft.asker),
        listing_title=draft.listing_title_for(draft.asker),
        listing_url=at.get_absolute_url() if at.pk in found else "",
        language=at.written_in,
        own_title=own.title if own else "",
        own_url=own.get_absolute_url() if own else "",
        own_language=own.written_in if own else "",
        may_draft=may_draft,
    )
