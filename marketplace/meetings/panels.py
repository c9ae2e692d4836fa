"""Meetings on the page of their introduction, and in what a side takes out of it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.introductions.models import Introduction
from marketplace.introductions.onlookers import Onlooker
from marketplace.introductions.panels import (
    ExportRow,
    Panel,
    PanelFace,
    register_panel,
)

from .faces import MeetingFace, meeting_faces
from .models import Meeting
from .permissions import can_read_meetings
from .state import state_lines
from .time_faces import TimeFace


def _face(introduction: Introduction, viewer: Onlooker) -> PanelFace | None:
    if not can_read_meetings(viewer, introduction):
        return _after_the_end(introduction, viewer)
    return PanelFace(
        title=_("Meeting"),
        lines=state_lines(introduction, viewer),
        url=reverse("meetings:detail", args=[introduction.public_id]),
        label=_("Meet"),
    )


def _after_the_end(introduction: Introduction, viewer: Onlooker) -> PanelFace | None:
    """What takes the last meeting that is off out of one's own calendar, and no more."""
    if introduction.status != Introduction.Status.CLOSED or not viewer.is_own:
        return None
    meetings = Meeting.objects.filter(introduction=introduction).order_by("-begins_at")
    off = next((row for row in meetings if row.is_off), None)
    if off is None:
        return None
    return PanelFace(
        title=_("Meeting"),
        lines=(
            _(
                "A meeting that was agreed here is off. A calendar that holds it keeps it until it reads this file."
            ),
        ),
        url=reverse("meetings:calendar", args=[off.public_id]),
        label=_("File that takes it out of a calendar"),
    )


def _rows(introduction: Introduction, viewer: Onlooker) -> Iterator[ExportRow]:
    if not can_read_meetings(viewer, introduction):
        return
    for face in reversed(meeting_faces(introduction, viewer)):
        yield ExportRow(None, face.agreed_at, _("meeting"), face.status_label)
        yield from _times(face)
        yield from _outcome(face)


def _times(face: MeetingFace) -> Iterator[ExportRow]:
    if face.time:
        is_both = bool(face.time.theirs)
        label = _("time, on both clocks") if is_both else _("time, on your clock")
        yield ExportRow(None, None, label, _in_words(face.time))
        yield ExportRow(None, None, _("way"), f"{face.way} {face.place}".strip())
    if face.proposal:
        is_ours = face.proposal.is_mine
        for slot in face.proposal.slots:
            yield ExportRow(is_ours, None, _("proposed time"), _in_words(slot.time))
        way = f"{face.proposal.way} {face.proposal.place}".strip()
        yield ExportRow(is_ours, None, _("way"), way)
        if face.proposal.note:
            yield ExportRow(is_ours, None, _("note"), face.proposal.note)


def _in_words(time: TimeFace) -> str:
    return " / ".join(words for words in (time.mine, time.theirs) if words)


def _outcome(face: MeetingFace) -> Iterator[ExportRow]:
    if face.outcome is None:
        return
    yield ExportRow(True, None, _("whether it took place"), face.outcome.our_word)
    yield ExportRow(False, None, _("whether it took place"), face.outcome.their_word)
    if face.outcome.note:
        yield ExportRow(True, None, _("our own note"), face.outcome.note)
    line = face.outcome.line
    if line:
        stands = _("confirmed by both") if line.stands else _("not confirmed by both")
        yield ExportRow(None, None, stands, line.text)
        if line.step:
            words = f"{line.step} ({line.step_on})"
            yield ExportRow(line.step_is_ours, None, _("next small step"), words)


register_panel(Panel(_face, _rows))
