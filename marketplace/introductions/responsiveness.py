"""How quickly an organisation answers: a band, never a figure."""

from datetime import datetime, timedelta
from statistics import median

from django.db import transaction
from django.utils import timezone

from marketplace.organisations.actions import note_responsiveness
from marketplace.organisations.models import Organisation
from marketplace.people.clock import clock_user

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


def waits_of(organisation: int) -> list[timedelta]:
    """How long the last requests waited for the first word of this organisation.

    A request that ran out waited longest; one that ran out while its asker owed a
    reply says nothing about the side that was asked. Takes the organisation's key.
    """
    rows = Introduction.objects.filter(
        asked=organisation,
        asked_at__gte=timezone.now() - WINDOW,
        silenced_at__isnull=True,
        clock_left__isnull=True,
        status__in=[Status.ACCEPTED, Status.CLOSED, Status.DECLINED, Status.EXPIRED],
    ).order_by("-asked_at")
    times = rows.values_list("asked_at", "question_at", "answered_at")[:LAST]
    return [_wait(*moments) for moments in times]


def _wait(asked_at: datetime | None, *words: datetime | None) -> timedelta:
    said = [at for at in words if at is not None]
    return min(said) - asked_at if said and asked_at else NO_ANSWER


def note_bands() -> int:
    """Bring the bands up to date of all that have answered since; how many changed.

    Not in the act: all who answer for one organisation would wait for its row. Safe
    to repeat at any time.
    """
    due = Introduction.objects.filter(is_band_due=True).order_by("asked")
    return sum(_note(pk) for pk in list(due.values_list("asked", flat=True).distinct()))


@transaction.atomic
def _note(pk: int) -> bool:
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=pk)
    due = Introduction.objects.filter(asked=organisation, is_band_due=True)
    due.update(is_band_due=False)  # before it is counted: what comes now comes again
    band = band_of(waits_of(pk))
    if band == organisation.responsiveness:
        return False
    note_responsiveness(organisation, band=band, by=clock_user())
    return True
