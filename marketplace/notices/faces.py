"""What a reader sees of a notice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from marketplace.people.languages import path_in_language
from marketplace.people.models import User

from .kinds import discreet_line_of, line_of
from .models import Notice
from .readers import open_notices


@dataclass(frozen=True, slots=True)
class NoticeFace:
    """One line in the reader's language; `url` is empty where there is no page."""

    public_id: UUID
    line: str
    url: str
    is_read: bool
    told_at: datetime


def faces_of(
    notices: Iterable[Notice], reader: User, language: str
) -> list[NoticeFace]:
    """Lines in the active language, links in `language`.

    What the reader may no longer read keeps a line that names nothing, and no link.
    """
    rows = list(notices)
    are_open = open_notices(rows, reader)
    return [_face(row, language, is_open=row.pk in are_open) for row in rows]


def _face(notice: Notice, language: str, *, is_open: bool) -> NoticeFace:
    return NoticeFace(
        public_id=notice.public_id,
        line=(
            line_of(notice.kind, notice.parameters)
            if is_open
            else discreet_line_of(notice.kind)
        ),
        url=path_in_language(notice.url, language) if is_open else "",
        is_read=notice.read_at is not None,
        told_at=notice.created_at,
    )
