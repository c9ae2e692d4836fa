"""How quickly an organisation answers: a band, never a figure."""

from datetime import timedelta
from statistics import median

from django.utils import timezone

from marketplace.organisations.actions import note_responsiveness
from marketplace.organisations.models import Organisation
from marketplace.people.models import User

from .models import Introduction

Band = Organisation.Responsiveness
Status = Introduction.Status
LAST = 20
LEAST = 5  # below five answers a band would speak of single requests
WINDOW = timedelta(days=180)
NO_ANSWER = timedelta(days=30)


def band_of(waits: list[timedelta]) -> str:
    """The band of the median wait; empty below five answers."""
    if len(waits) < LEAST:
        return ""
    middle = timedelta(seconds=median(wait.total_seconds() for wait in waits))
    if middle <= timedelta(days=2):
        return Band.QUICK
    return Band.STEADY if middle <= timedelta(days=7) else Band.SLOW


def waits_of(organisation: Organisation) -> list[timedelta]:
    """How long the last requests waited for the first word of this organisation.

    A request that ran out waited longest; one that ran out while its asker owed a
    reply says nothing about the side that was asked.
    """
    rows = Introduction.objects.filter(
        asked=organisation,
        asked_at__gte=timezone.now() - WINDOW,
        silenced_at__isnull=True,
        clock_left__isnull=True,
        status__in=[Status.ACCEPTED, Status.CLOSED, Status.DECLINED, Status.EXPIRED],
    ).order_by("-asked_at")[:LAST]
    return [_wait(row) for row in rows]


def _wait(row: Introduction) -> timedelta:
    words = [at for at in (row.question_at, row.answered_at) if at is not None]
    if not words or row.asked_at is None:
        return NO_ANSWER
    return min(words) - row.asked_at


def note_answer(introduction: Introduction, by: User) -> None:
    """Keep the band of the side that was asked, where it has changed."""
    organisation = introduction.asked
    band = band_of(waits_of(organisation))
    if band != organisation.responsiveness:
        note_responsiveness(organisation, band=band, by=by)
