"""How the meetings of an introduction stand, in sentences for its page."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.introductions.models import Introduction
from marketplace.introductions.onlookers import Onlooker
from marketplace.people.models import User

from .faces import agreed_time
from .models import Meeting, Proposal, SharedLine
from .time_faces import TimeFace, reader_of


def state_lines(introduction: Introduction, viewer: User | Onlooker) -> tuple[str, ...]:
    """What is agreed, whose times wait, what can be said; one query for all meetings."""
    reader, now = reader_of(introduction, viewer, asks_rest=False), timezone.now()
    waits = Proposal.objects.open().filter(meeting=OuterRef("pk"), lapses_at__gt=now)
    rows = Meeting.objects.filter(introduction=introduction).annotate(
        waits_of=Subquery(waits.values("organisation")[:1]),
        has_line=Exists(SharedLine.objects.filter(meeting=OuterRef("pk"))),
    )[:2]
    lines: list[str] = []
    is_unsaid = False
    for row in rows:
        row.introduction = introduction
        is_over = row.is_over_at(now)
        is_unsaid = is_unsaid or (is_over and not row.has_line)
        stands = row.status == Meeting.Status.AGREED and not is_over
        if stands and (time := agreed_time(row, reader)):
            lines.append(_agreed(time))
        if row.waits_of == reader.own.pk:
            lines.append(_("Your times wait for the other side."))
        elif row.waits_of:
            lines.append(_("The other side proposes times."))
    if not lines and is_unsaid and reader.is_own:
        lines.append(
            _("The agreed time has passed. Each side can say what came of it.")
        )
    return tuple(lines) or (
        _("Propose times, and the other side picks one. Nobody sees a calendar."),
    )


def _agreed(time: TimeFace) -> str:
    if time.is_same:
        return _("Agreed: %(time)s, on both your clocks.") % {"time": time.mine}
    if not time.theirs:
        return _("Agreed: %(time)s, on your clock.") % {"time": time.mine}
    both = {"mine": time.mine, "theirs": time.theirs}
    return _("Agreed: %(mine)s on your clock, %(theirs)s on the other side’s.") % both
