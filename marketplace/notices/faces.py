"""What a reader sees of a notice."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from marketplace.people.languages import path_in_language

from .kinds import line_of
from .models import Notice


@dataclass(frozen=True, slots=True)
class NoticeFace:
    """One line in the reader's language; `url` is empty where there is no page."""

    public_id: UUID
    line: str
    url: str
    is_read: bool
    told_at: datetime


def face_of(notice: Notice, language: str) -> NoticeFace:
    """The line of a notice in the active language, its link in `language`."""
    return NoticeFace(
        public_id=notice.public_id,
        line=line_of(notice.kind, notice.parameters),
        url=path_in_language(notice.url, language),
        is_read=notice.read_at is not None,
        told_at=notice.created_at,
    )
