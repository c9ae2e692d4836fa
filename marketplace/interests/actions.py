"""Investors say how near they stand, and the clock counts them by the day."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.listings.models import Listing
from marketplace.organisations.models import MANDATES, Entitlement, Organisation
from marketplace.people.models import User
from marketplace.refusals import require

from .models import NONE, Interest, Level
from .permissions import can_note, can_take_back

FEWEST_AT_ONCE = 3
"""So many organisations change in the counts together, or a single one would show."""
LONGEST_WAIT = timedelta(days=28)
"""After so long the counts are true again, however few have changed."""


@transaction.atomic
def note_interest(
    listing: Listing, level: Level, *, organisation: Organisation, by: User
) -> Interest:
    """An investor says how near it stands; saying the same again changes nothing."""
    require(can_note(by, organisation, listing))
    # Read locked, or the sweep could throw away a row that said nothing until now.
    kept, _is_new = Interest.objects.select_for_update().get_or_create(
        listing=listing, organisation=organisation
    )
    return _say(kept, Level(level), by)


@transaction.atomic
def take_back_interest(interest: Interest, *, by: User) -> Interest:
    """It says nothing any more; safe to repeat, also where the row is gone by now."""
    require(can_take_back(by, interest.organisation))
    kept = Interest.objects.select_for_update().filter(pk=interest.pk).first()
    return _say(kept, NONE, by) if kept else interest


def _say(kept: Interest, level: str, by: User) -> Interest:
    if kept.level != level:
        kept.level, kept.set_by, kept.set_at = level, by, timezone.now()
        kept.save(update_fields=["level", "set_by", "set_at"])
        _fall_due(kept, level)
        log(kept, "interests.note" if level else "interests.take_back", user=by)
    return kept


def _fall_due(row: Interest, level: str) -> None:
    if row.due_level != level:
        row.due_level, row.due_since = level, timezone.now()
        row.save(update_fields=["due_level", "due_since"])


def count_interests() -> int:
    """Bring the counts of founders up to the end of yesterday; how many listings.

    What changes today shows tomorrow at the earliest, and only together with what two
    others change: nobody can read from a count when one investor has acted, or when
    its seat has ended. Safe to repeat at any time.
    """
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    told = set(
        Entitlement.objects.in_force()
        .filter(feature=MANDATES)
        .values_list("organisation", flat=True)
    )
    found: dict[int, list[Interest]] = defaultdict(list)
    for row in Interest.objects.order_by("pk"):
        found[row.listing_id].append(row)
    moving = [
        listing for listing, rows in found.items() if _moves(rows, told, midnight)
    ]
    return sum(_count(listing, told, midnight) for listing in moving)


def _due_level(row: Interest, told: set[int]) -> str:
    """An organisation without a seat counts nowhere."""
    return row.level if row.organisation_id in told else NONE


def _moves(rows: list[Interest], told: set[int], midnight: datetime) -> bool:
    """Whether there is anything to do: what is not locked is only looked at."""
    return (
        any(row.due_level != _due_level(row, told) for row in rows)
        or bool(_ready(rows, midnight))
        or any(row.is_nothing and row.set_at < midnight for row in rows)
    )


def _ready(rows: list[Interest], midnight: datetime) -> list[Interest]:
    """What may show now: several together, or else only what has waited longest."""
    waiting = [row for row in rows if row.is_waiting and row.due_since < midnight]
    if len(waiting) >= FEWEST_AT_ONCE:
        return waiting
    return [row for row in waiting if row.due_since < midnight - LONGEST_WAIT]


@transaction.atomic
def _count(listing: int, told: set[int], midnight: datetime) -> bool:
    """Bring one listing's rows up to date under their locks; whether a count moved."""
    rows = list(Interest.objects.in_order().filter(listing=listing))
    for row in rows:
        _fall_due(row, _due_level(row, told))
    ready = _ready(rows, midnight)
    for row in ready:
        row.counted_level = row.due_level
        row.save(update_fields=["counted_level"])
    over = [row.pk for row in rows if row.is_nothing and row.set_at < midnight]
    Interest.objects.filter(pk__in=over).delete()
    return bool(ready)
