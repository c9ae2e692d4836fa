"""What the two sides write to each other, as one of them reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .models import Attachment, Introduction, Message
from .unread import unread_messages


@dataclass(frozen=True, slots=True)
class FileFace:
    """What a message carries: what it is, its size in bytes, and where to fetch it."""

    label: str
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class MessageFace:
    """One message as its reader sees it; the author by alias, empty where one has left.

    A side that goes by the alias of one listing writes under that: its people's own
    would be the same under all its listings.
    """

    text: str
    file: FileFace | None
    author: str
    is_mine: bool
    is_new: bool
    sent_at: datetime


def message_faces(
    introduction: Introduction, own: Organisation, viewer: User
) -> tuple[MessageFace, ...]:
    """The thread as one of its readers sees it; nothing once it is closed."""
    if not introduction.is_open:
        return ()
    rows: list[Message] = list(
        introduction.messages.select_related("author", "attachment")
    )
    here, theirs_by = _still_here(introduction), _name_of_listing(introduction, own)
    unread = unread_messages(viewer, [introduction]).get(introduction.public_id, 0)
    theirs = [row.pk for row in rows if row.organisation_id != own.pk]
    new = set(theirs[len(theirs) - unread :])
    return tuple(
        MessageFace(
            text=row.text,
            file=_file(row),
            author=_author(row, own, theirs_by) if row.author_id in here else "",
            is_mine=row.organisation_id == own.pk,
            is_new=row.pk in new,
            sent_at=row.sent_at,
        )
        for row in rows
    )


def _name_of_listing(introduction: Introduction, own: Organisation) -> str:
    """What the other side goes by until its organisation is open; "" for its own alias."""
    other = introduction.other_than(own)
    alias = introduction.alias_of(other)
    is_known = alias == other.alias or introduction.stage >= Stage.ORGANISATION
    return "" if is_known else alias


def _author(message: Message, own: Organisation, theirs_by: str) -> str:
    is_mine = message.organisation_id == own.pk
    return str(message.author) if is_mine or not theirs_by else theirs_by


def _file(message: Message) -> FileFace | None:
    found: Attachment | None = getattr(message, "attachment", None)
    if found is None:
        return None
    url = reverse("introductions:attachment", args=[found.public_id])
    return FileFace(found.get_kind_display(), found.size, url)


def _still_here(introduction: Introduction) -> set[int]:
    """Keys of the people of both sides; who has left is named no longer."""
    both = Membership.objects.filter(organisation__in=introduction.both)
    return set(both.filter(user__is_active=True).values_list("user", flat=True))
