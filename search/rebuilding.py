"""Filling the index anew: rows from listings, counts from rows, engines from rows."""

from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from marketplace.listings.models import Listing
from marketplace.progress import QUIET, Progress
from search.documents import ListingDocument, documents_for
from search.engines import Engine, engines
from search.frequencies import Tally, lock_counts, replace_all
from search.indexed import (
    COUNTED,
    document_in,
    documents_in_rows,
    spellings_in,
    tally_of,
)
from search.indexing import BATCH, replace_rows
from search.models import IndexedListing
from search.vocabulary import replace_words


def rebuild(*, analyse: bool = False, progress: Progress = QUIET) -> int:
    """Fills every engine anew from stored terms and counts everything again.

    ``analyse`` first makes every row anew from its listing, as a new version of the
    analyser or a changed lexicon asks for. Returns the number of listings. Raises
    EngineUnavailable for an engine that does not answer.
    """
    if analyse:
        reindex_all(progress)
    recount(progress)
    for engine in engines().values():
        refill(engine, progress)
    return IndexedListing.objects.count()


def refill(engine: Engine, progress: Progress = QUIET) -> None:
    """Fills one engine anew while it answers, then brings what changed meanwhile.

    Writers tell the engine themselves, in a rebuild too; but a listing that was read
    here and removed there, before it was written, would have come back.
    """
    whole = IndexedListing.objects.count()
    engine.rebuild(progress.over(documents_in_rows(), f"filling {engine.name}", whole))
    held = dict(engine.versions())
    rows = dict(IndexedListing.objects.values_list("pk", "version"))
    if left_over := held.keys() - rows.keys():
        engine.remove(sorted(left_over))
    missing = [pk for pk, version in rows.items() if held.get(pk) != version]
    for batch in _batches(iter(missing)):
        engine.put(_documents_of(batch))


def reindex_all(progress: Progress = QUIET) -> None:
    """Makes the rows of all live listings from the listings themselves."""
    live = Listing.objects.live().order_by("pk")
    ids = list(live.values_list("pk", flat=True))
    for number, batch in enumerate(_batches(iter(ids))):
        progress.tell("analysing", number * BATCH, len(ids))
        with transaction.atomic():
            lock_counts()
            documents = list(documents_for(live.filter(pk__in=batch)))
            kept = {document.id for document in documents}
            replace_rows(documents, [pk for pk in batch if pk not in kept])
    orphans = IndexedListing.objects.exclude(pk__in=live.values("pk"))
    with transaction.atomic():
        lock_counts()
        replace_rows([], list(orphans.values_list("pk", flat=True)))


@transaction.atomic
def recount(progress: Progress = QUIET) -> None:
    """Counts every term again from the stored vectors, and gathers the words again."""
    lock_counts()
    tally, words = Tally(), set[str]()
    rows = IndexedListing.objects.values_list(*COUNTED, named=True)
    read = rows.iterator(chunk_size=1_000)
    for row in progress.over(read, "counting", rows.count()):
        tally_of(row, tally)
        words.update(spellings_in(row))
    replace_all(tally)
    replace_words(words)


def _documents_of(ids: list[int]) -> list[ListingDocument]:
    return [document_in(row) for row in IndexedListing.objects.filter(pk__in=ids)]


def _batches(ids: Iterator[int]) -> Iterator[list[int]]:
    while batch := list(islice(ids, BATCH)):
        yield batch
