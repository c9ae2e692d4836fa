"""What a client reads of what was done for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.organisations.models import Organisation

from .models import DoneForClient


@dataclass(frozen=True, slots=True)
class DoneFace:
    """One act by a facilitator: by whom, for whom, what and when."""

    facilitator: str
    client: str
    act: str
    done_at: datetime


def done_for(organisation: Organisation, about: UUID) -> tuple[DoneFace, ...]:
    """What facilitators did for this side in one introduction, in order."""
    rows = DoneForClient.objects.filter(organisation=organisation, about=about)
    words = {
        "accept": _("accepted the request"),
        "decline": _("declined the request"),
        "question": _("asked the one question"),
        "reply": _("replied to the question"),
        "hold": _("held the request"),
        "release": _("let the clock run on"),
        "context": _("added a line of context"),
        "draft": _("wrote a draft"),
        "soften": _("put the draft more gently"),
        "propose_times": _("proposed times for a meeting"),
        "pick_time": _("picked a time for a meeting"),
        "decline_times": _("said that no time suits"),
        "withdraw_times": _("took proposed times back"),
        "cancel_meeting": _("cancelled a meeting"),
    }
    return tuple(
        DoneFace(
            facilitator=str(row.facilitator),
            client=organisation.alias,
            act=words.get(row.act, row.act),
            done_at=row.done_at,
        )
        for row in rows.select_related("facilitator__user")
    )
