"""From the outbox to the index: what changed is looked at again, until it is done.

A change is a row first (``record_change``, in the transaction of the change itself);
``drain`` works rows off, by task, sweep or command. It reads each listing as it is
now, so it may run twice, late, or beside another one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.progress import QUIET, Progress
from marketplace.taxonomy.models import LexiconEntry
from search.analysis import analyse
from search.codes import concept_term
from search.documents import ListingDocument, documents_for
from search.engines import engines, get_engine
from search.exceptions import EngineUnavailable
from search.frequencies import Tally, apply, lock_counts
from search.indexed import document_in, row_of, spellings_in, tally_of
from search.models import IndexChange, IndexedListing
from search.needs import Side
from search.queries import Query
from search.vocabulary import forget, learn

BATCH = 500
LEASE = timedelta(minutes=2)
MOST_TRIES = 8
MOST_TOUCHED = 100_000
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
PAUSE_OF_ENGINE = timedelta(seconds=15)
"""Never longer, so that soon after an engine is back it has everything."""
ROWS = "rows"
"""Marks a change whose rows are written, as if they were an engine."""


@dataclass(frozen=True, slots=True)
class Drained:
    """What one drain did: ids put into the index, taken out, and left for later."""

    indexed: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()

    def __add__(self, other: "Drained") -> "Drained":
        return Drained(
            self.indexed + other.indexed,
            self.removed + other.removed,
            self.failed + other.failed,
        )


def record_change(listing: Listing, reason: str) -> None:
    """Notes that a listing's place in the index has to be looked at again."""
    record_changes([listing.pk], reason)


def record_changes(listing_ids: Iterable[int], reason: str) -> None:
    """The same for many; call it in the transaction that changes them."""
    IndexChange.objects.bulk_create(
        (IndexChange(listing_id=pk, reason=reason) for pk in listing_ids),
        batch_size=1_000,
    )


def touched_by(entry: LexiconEntry) -> list[int]:
    """The listings that bear a concept already, or whose words may mean it now."""
    term = concept_term(entry.concept)
    bearing = IndexedListing.objects.filter(
        Q(offer_codes__contains=term) | Q(need_codes__contains=term)
    )
    variants = (*entry.words_en, *entry.words_he, *entry.words_ar)
    words = {form for text in variants for forms in analyse(text) for form in forms}
    query = Query(tuple(sorted(words)), side=Side.BOTH, limit=MOST_TOUCHED)
    try:
        speaking = get_engine().search(query).ids
    except EngineUnavailable:
        return list(IndexedListing.objects.values_list("pk", flat=True))
    return sorted({*bearing.values_list("pk", flat=True), *speaking})


def drain(limit: int | None = None, progress: Progress = QUIET) -> Drained:
    """Works off due changes, at most ``limit`` rows; returns what became of them.

    Never raises for a listing or an engine: the rows keep the error and wait.
    """
    done = Drained()
    left, over = limit, 0
    due = IndexChange.objects.due().count() if progress.is_watched else 0
    down: set[str] = set()
    while changes := _lease(BATCH if left is None else min(BATCH, left)):
        done += _work_off(changes, down)
        over += len(changes)
        progress.tell("changes", over, max(due, over))
        if left is not None:
            left -= len(changes)
    return done


def _work_off(changes: Sequence[IndexChange], down: set[str]) -> Drained:
    """Brings changes to the rows and to every engine but those found ``down``."""
    try:
        return _index(changes, down)
    except EngineUnavailable as error:
        # Nobody's fault among the listings: all wait, however long it takes.
        _postpone(changes, error, give_up=False)
        return Drained(failed=tuple({change.listing_id for change in changes}))
    except Exception as error:  # noqa: BLE001  (the outermost edge: the rows keep it)
        if len({change.listing_id for change in changes}) == 1:
            _postpone(changes, error)
            return Drained(failed=(changes[0].listing_id,))
    # One of them is at fault: each by itself, then.
    result = Drained()
    for listing_id in dict.fromkeys(change.listing_id for change in changes):
        own = [row for row in changes if row.listing_id == listing_id]
        result += _work_off(own, down)
    return result


def _index(changes: Sequence[IndexChange], down: set[str]) -> Drained:
    fresh = [change for change in changes if not change.is_held_by(ROWS)]
    documents, gone = _write_rows({change.listing_id for change in fresh})
    for change in fresh:
        change.note_held_by(ROWS)
    late = {change.listing_id for change in changes}
    late -= {change.listing_id for change in fresh}
    for row in IndexedListing.objects.filter(pk__in=late):
        documents[row.pk] = document_in(row)
    gone |= late - documents.keys()
    _fill(changes, documents, gone, down)
    _finish(changes, gone | documents.keys())
    return Drained(tuple(sorted(documents)), tuple(sorted(gone)))


def _write_rows(ids: set[int]) -> tuple[dict[int, ListingDocument], set[int]]:
    """Writes the rows of these listings as they are now: what stands, what is gone."""
    if not ids:
        return {}, set()
    # Analysed before the counts are locked, then kept only if nothing changed since.
    documents = list(documents_for(Listing.objects.live().filter(pk__in=ids)))
    with transaction.atomic():
        lock_counts()
        live = dict(
            Listing.objects.live().filter(pk__in=ids).values_list("pk", "version")
        )
        kept = {row.id: row for row in documents if live.get(row.id) == row.version}
        gone = ids - live.keys()
        replace_rows(list(kept.values()), sorted(gone))
    return kept, gone


def _fill(
    changes: Sequence[IndexChange],
    documents: Mapping[int, ListingDocument],
    gone: set[int],
    down: set[str],
) -> None:
    """Tells every engine that has not heard yet; raises the last one's trouble."""
    trouble = None
    for name, engine in engines().items():
        deaf = [change for change in changes if not change.is_held_by(name)]
        ids = {change.listing_id for change in deaf}
        try:
            if name in down:
                raise EngineUnavailable(f"{name} was down a moment ago")
            if kept := [documents[pk] for pk in sorted(ids & documents.keys())]:
                engine.put(kept)
            if ids & gone:
                engine.remove(sorted(ids & gone))
        except EngineUnavailable as error:
            down.add(name)
            trouble = error
            continue
        for change in deaf:
            change.note_held_by(name)
    if trouble:
        raise trouble


def _finish(changes: Sequence[IndexChange], done: Collection[int]) -> None:
    """Forgets what was done; what changed meanwhile is due again at once."""
    rows = [change.pk for change in changes if change.listing_id in done]
    left = [change.pk for change in changes if change.listing_id not in done]
    _delete(IndexChange.objects.filter(pk__in=rows))
    if left:
        IndexChange.objects.filter(pk__in=left).update(lease_until=None)


def replace_rows(documents: Sequence[ListingDocument], gone: Sequence[int]) -> None:
    """Puts rows in the place of older ones and keeps the counts true, once locked."""
    tally, before, after = Tally(), set[str](), set[str]()
    ids = [*gone, *(document.id for document in documents)]
    for row in IndexedListing.objects.filter(pk__in=ids):
        tally_of(row, tally, sign=-1)
        before.update(spellings_in(row))
    rows = [row_of(document) for document in documents]
    for row in rows:
        tally_of(row, tally)
        after.update(spellings_in(row))
    _delete(IndexedListing.objects.filter(pk__in=ids))
    IndexedListing.objects.bulk_create(rows)
    apply(tally)
    learn(after - before)
    forget(before - after)


def _delete(rows: QuerySet[Any]) -> None:
    """Deletes without loading each row to tell signals of it, which nobody hears."""
    rows._raw_delete(rows.db)


@transaction.atomic
def _lease(limit: int) -> list[IndexChange]:
    """Takes the oldest due changes; listings in another worker's hands wait."""
    if limit <= 0:
        return []
    now = timezone.now()
    busy = IndexChange.objects.filter(lease_until__gt=now).values("listing_id")
    due = (
        IndexChange.objects.due()
        .exclude(listing_id__in=busy)
        .select_for_update(skip_locked=True)
    )
    changes = list(due[:limit])
    IndexChange.objects.filter(pk__in=[change.pk for change in changes]).update(
        lease_until=now + LEASE
    )
    return changes


def _postpone(
    changes: Sequence[IndexChange], error: Exception, *, give_up: bool = True
) -> None:
    for change in changes:
        change.tries = min(change.tries + 1, MOST_TRIES)
        change.lease_until = None
        change.last_error_class = type(error).__name__
        longest = LONGEST_PAUSE if give_up else PAUSE_OF_ENGINE
        pause = min(FIRST_PAUSE * 2 ** (change.tries - 1), longest)
        change.next_try_at = timezone.now() + pause
        if give_up and change.tries >= MOST_TRIES:
            change.state = IndexChange.State.DEAD
    IndexChange.objects.bulk_update(
        changes,
        [
            "tries",
            "lease_until",
            "last_error_class",
            "next_try_at",
            "state",
            "held_by",
        ],
    )
