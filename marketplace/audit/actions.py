"""Adding to the record, and the sweep that chains it."""

from uuid import UUID

from django.db import transaction

from marketplace.people.models import User

from .chain import START, link
from .models import Entry

BATCH = 500


def record(
    kind: str,
    *,
    by: User | None,
    about_user: User | None = None,
    subject: UUID | None = None,
    **facts: str | int,
) -> Entry:
    """Write one entry in the transaction of the act; facts are ids and codes only."""
    return Entry.objects.create(
        kind=kind, by=by, about_user=about_user, subject=subject, facts=facts
    )


@transaction.atomic
def seal_entries() -> int:
    """Number what is new and chain it to what stands; how many.

    Not done by the acts themselves: all of them would wait for one row. The last row is
    locked, so two sweeps chain one after the other.
    """
    last = (
        Entry.objects.sealed()
        .select_for_update(no_key=True)
        .order_by("-number")
        .first()
    )
    number, previous = (last.number or 0, last.hash) if last else (0, START)
    done = 0
    for entry in Entry.objects.unsealed().order_by("pk")[:BATCH]:
        number += 1
        entry.number = number
        entry.hash = previous = link(previous, entry.chained())
        entry.save(update_fields=["number", "hash"])
        done += 1
    return done


def broken_at() -> int | None:
    """The number of the first entry that is missing or was changed; None if none."""
    previous = START
    for expected, entry in enumerate(
        Entry.objects.sealed().order_by("number").iterator(), start=1
    ):
        if entry.number != expected or entry.hash != link(previous, entry.chained()):
            return expected
        previous = entry.hash
    return None
