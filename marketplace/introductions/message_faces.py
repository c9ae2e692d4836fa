"""What the two sides write to each other, as one of them reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from marketplace.organisations.models import Membership, Organisation
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
    """One message as its reader sees it; the author by alias, empty where one has left."""

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
    here = _still_here(introduction)
    unread = unread_messages(viewer, [introduction]).get(introduction.public_id, 0)
    theirs = [row.pk for row in rows if row.organisation_id != own.pk]
    new = set(theirs[len(theirs) - unread :])
    return tuple(
        MessageFace(
            text=row.text,
            file=_file(row),
            author=str(row.author) if row.author_id in here else "",
            is_mine=row.organisation_id == own.pk,
            is_new=row.pk in new,
            sent_at=row.sent_at,
        )
        for row in rows
    )


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
