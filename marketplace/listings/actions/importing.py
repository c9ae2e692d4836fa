"""Many listings come in at once, through one action and one signal a batch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from marketplace.listings.import_cells import BadLine
from marketplace.listings.import_codes import Codes, Owners
from marketplace.listings.import_lines import ListingLine, read_line
from marketplace.listings.models import Listing
from marketplace.listings.permissions import can_import
from marketplace.listings.signals import listings_imported
from marketplace.people.models import User
from marketplace.refusals import require

from .bulk import Batch

BATCH = 500
Numbered = tuple[int, ListingLine]


@dataclass(slots=True)
class ImportReport:
    """What came of a file. `bad` holds line numbers with the reason."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)

    @property
    def good(self) -> int:
        return self.created + self.changed + self.unchanged


def import_listings(
    lines: Iterable[tuple[int, bytes]],
    *,
    by: User,
    publish: bool = False,
    create_organisations: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Bring in the lines of a file; bad ones are told and passed over.

    Safe to repeat: a line is known by its id, and one that says the same changes
    nothing. Published at once only by those who may review; else all wait for review.
    A batch is one transaction, so a crash leaves whole batches.
    """
    may_choose = can_import(by)
    require(may_choose or not publish)
    report, codes = ImportReport(), Codes.read()
    owners = Owners(by, may_choose, create_organisations)
    numbered = _read(lines, codes, report)
    while batch := list(islice(numbered, BATCH)):
        with transaction.atomic():
            _write(batch, Batch(by=by, codes=codes, publish=publish), owners, report)
            transaction.set_rollback(dry_run)
        if dry_run:
            owners.known.clear()  # what was registered for them was taken back
    return report


def _read(
    lines: Iterable[tuple[int, bytes]], codes: Codes, report: ImportReport
) -> Iterator[Numbered]:
    seen: set[str] = set()
    for number, raw in lines:
        if not raw.strip():
            continue
        try:
            line = read_line(raw)
            codes.check(line)
            if line.id in seen:
                raise BadLine(f"the id {line.id} stands in this file before")
        except BadLine as reason:
            report.bad.append((number, str(reason)))
            continue
        seen.add(line.id)
        yield number, line


def _write(
    numbered: list[Numbered], batch: Batch, owners: Owners, report: ImportReport
) -> None:
    ids = [line.id for _number, line in numbered]
    known = Listing.objects.filter(external_id__in=ids).select_related("organisation")
    by_id = {listing.external_id: listing for listing in known}
    for number, line in numbered:
        try:
            kind = _sort(line, by_id.get(line.id), batch, owners)
        except BadLine as reason:
            report.bad.append((number, str(reason)))
            continue
        setattr(report, kind, getattr(report, kind) + 1)
    written = batch.write()
    if written:
        listings_imported.send(sender=Listing, listing_ids=written)


def _sort(
    line: ListingLine, known: Listing | None, batch: Batch, owners: Owners
) -> str:
    owner = owners.of(line)
    if known is None:
        batch.add(line, owner, owners.person_of(owner))
        return "created"
    if known.organisation_id != owner.pk and not owners.may_choose:
        raise BadLine(f"the id {line.id} belongs to somebody else")
    waits = batch.publish and known.published_on is None and not known.withdrawn_at
    if known.external_digest == line.digest and not waits:
        return "unchanged"
    batch.change(line, known)
    return "changed"
