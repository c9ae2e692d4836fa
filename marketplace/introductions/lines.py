"""Introductions as rows of a list: enough to choose, nothing that identifies."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.organisations.models import Organisation

from .faces import counterpart_face, nearest_of
from .models import Introduction


@dataclass(frozen=True, slots=True)
class IntroductionLine:
    """One row of the list: enough to choose, nothing that identifies."""

    url: str
    status: str
    status_label: str
    is_asker: bool
    is_own_turn: bool
    is_waiting: bool
    listing_title: str
    counterpart_name: str
    asked_at: datetime | None
    expires_at: datetime | None
    unread: int


def introduction_line(
    introduction: Introduction,
    own: Organisation,
    unread: int = 0,
    *,
    is_helping: bool = False,
) -> IntroductionLine:
    """With `is_helping` as a facilitator reads it: no nearer than on its page."""
    face = counterpart_face(introduction, own, nearest_of(is_helping=is_helping))
    is_asker = own.pk == introduction.asker_id
    turn = Introduction.Status.QUESTION if is_asker else Introduction.Status.ASKED
    return IntroductionLine(
        url=introduction.get_absolute_url(),
        status=introduction.status,
        status_label=introduction.get_status_display(),
        is_asker=is_asker,
        is_own_turn=introduction.status == turn,
        is_waiting=introduction.is_waiting,
        listing_title=introduction.listing_title_for(own),
        counterpart_name=face.name if face else "",
        asked_at=introduction.asked_at,
        expires_at=introduction.expires_at,
        unread=unread,
    )
