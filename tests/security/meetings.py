"""Meetings of a world: one with times that wait, one agreed, one that is over."""

from datetime import timedelta

from django.utils import timezone

from marketplace.introductions.models import Introduction
from marketplace.meetings.actions import (
    LineText,
    Times,
    finish_meetings,
    keep_note,
    pick_time,
    propose_times,
    write_line,
)
from marketplace.meetings.models import Meeting
from tests.security.making import Party, Word
from tests.security.noting import keep

Words = dict[str, Word]


def offer(
    introduction: Introduction, by: Party, other: Party, words: Words, name: str
) -> Meeting:
    """Times with a place and a note, which both sides read as long as they wait."""
    of = introduction.public_id
    place, note = (
        keep(words, by, f"{name}{what}", by, other, of=of) for what in ("place", "note")
    )
    first = timezone.now().replace(second=0, microsecond=0) + timedelta(days=10)
    begins = (first, first + timedelta(hours=3))
    times = Times(begins=begins, minutes=45, way="person", place=place, note=note)
    return propose_times(introduction, by=by.user, times=times)


def agree(
    introduction: Introduction, by: Party, other: Party, words: Words, name: str
) -> Meeting:
    """The place stands for both; the note was for choosing, and no page shows it."""
    meeting = offer(introduction, by, other, words, name)
    key = f"{by.name}.{name}note"
    words[key] = Word(words[key].text, frozenset(), introduction.public_id)
    slot = meeting.proposals.open().get().slots.all()[0]
    return pick_time(meeting, by=other.user, slot=slot.public_id)


def look_back(
    introduction: Introduction, by: Party, other: Party, words: Words
) -> Meeting:
    """It is over; one side kept a note for itself, and a line waits for the other."""
    meeting = agree(introduction, by, other, words, "past")
    begins_at = timezone.now() - timedelta(days=2)
    ends_at = begins_at + timedelta(minutes=45)
    Meeting.objects.filter(pk=meeting.pk).update(begins_at=begins_at, ends_at=ends_at)
    finish_meetings()
    of = introduction.public_id
    keep_note(meeting, by=by.user, text=keep(words, by, "ownnote", by, of=of))
    text, step = (
        keep(words, by, what, by, other, of=of) for what in ("outcome", "nextstep")
    )
    day = timezone.localdate() + timedelta(days=9)
    line = LineText(text, step, by.organisation, day)
    write_line(meeting, by=by.user, text=line)
    return Meeting.objects.get(pk=meeting.pk)
