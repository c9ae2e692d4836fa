"""Writes many listings with their parts, revisions and reviews by few statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from marketplace.listings.import_codes import Codes
from marketplace.listings.import_lines import FeasibilityLine, ListingLine
from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.people.models import User

from .bulk_parts import BatchParts
from .bulk_reviews import start_reviews
from .review import life_from_now

# What a line says of a listing, besides its parts.
SAID = (
    *("kind", "title", "summary", "details", "written_in", "amount_min", "amount_max"),
    *("amount_currency", "stage", "place", "place_text", "reach", "languages"),
    "instruments",
    *("anonymous", "external_digest", "meets_online", "neutral_place", "permits"),
    *("goods_cross", "perishable", "start_on"),
)
FEASIBILITY = tuple(each.name for each in fields(FeasibilityLine))
STANDING = (
    *("live", "version", "published_on", "expires_at", "has_unpublished_changes"),
    *("first_published_at", "last_published_at", "expired", "reminded_days"),
)


@dataclass(slots=True)
class Batch:
    """Lines on their way into one transaction; `write` answers the keys written."""

    by: User
    codes: Codes
    publish: bool
    new: list[tuple[Listing, ListingLine]] = field(default_factory=list)
    changed: list[tuple[Listing, ListingLine]] = field(default_factory=list)
    waiting: list[tuple[Listing, ListingLine]] = field(default_factory=list)

    def add(self, line: ListingLine, owner: Organisation, person: User) -> None:
        """A listing that the site does not know yet, and whom to write to about it."""
        listing = Listing(
            organisation=owner, owner=person, external_id=line.id, live=False
        )
        self._say(listing, line)
        if self.publish:
            self._make_public(listing, line)
        self.new.append((listing, line))

    def change(self, line: ListingLine, listing: Listing) -> None:
        """A listing whose line says something else than before.

        Without the right to publish, a public one keeps its text and the change waits.
        """
        if listing.live and not self.publish:
            self.waiting.append((listing, line))
            return
        self._say(listing, line)
        listing.expired = False  # a text nobody has read is not renewed by one tap
        if self.publish and not listing.withdrawn_at:
            self._make_public(listing, line)
        self.changed.append((listing, line))

    def _say(self, listing: Listing, line: ListingLine) -> None:
        for name in ("kind", "title", "summary", "details", "stage", "reach"):
            setattr(listing, name, getattr(line, name))
        listing.written_in, listing.languages = line.language, list(line.languages)
        listing.instruments = list(line.instruments)
        listing.amount_min, listing.amount_max = line.amount_min, line.amount_max
        listing.amount_currency, listing.anonymous = line.currency, line.anonymous
        listing.place_id = self.codes.places.get(line.place)
        listing.place_text = "" if listing.place_id else line.place
        for name in FEASIBILITY:
            setattr(listing, name, getattr(line.feasibility, name))
        listing.external_digest = line.digest

    def _make_public(self, listing: Listing, line: ListingLine) -> None:
        listing.live, listing.expired = True, False
        listing.has_unpublished_changes, listing.reminded_days = False, None
        listing.last_published_at = timezone.now()
        listing.first_published_at = listing.first_published_at or timezone.now()
        listing.version += 1
        listing.published_on = line.published_on or timezone.localdate()
        listing.expires_at = life_from_now()

    def write(self) -> list[int]:
        Listing.objects.bulk_create([listing for listing, _line in self.new])
        changed = [listing for listing, _line in self.changed]
        _rewrite(changed, [*SAID, *STANDING])
        for listing, line in self.waiting:
            self._say(listing, line)
        parts = BatchParts(self.codes, [*self.new, *self.changed, *self.waiting])
        parts.write(fresh=self.new, changed=self.changed)
        revisions = self._revise(parts)
        public = [listing.pk for listing in parts.listings if self.publish]
        if not self.publish:
            start_reviews(parts.listings, revisions, self.by)
        _log(parts.listings, self.by)
        return public

    def _revise(self, parts: BatchParts) -> list[Revision]:
        content_type = ContentType.objects.get_for_model(Listing)
        now = timezone.now()
        revisions = Revision.objects.bulk_create(
            Revision(
                content_type=content_type,
                base_content_type=content_type,
                object_id=str(listing.pk),
                created_at=now,
                user=self.by,
                object_str=listing.title,
                content=parts.content_of(listing),
            )
            for listing in parts.listings
        )
        newest = Revision.objects.filter(
            object_id=Cast(OuterRef("pk"), models.CharField()),
            content_type=content_type,
        ).order_by("-pk")
        rows = Listing.objects.filter(pk__in=[each.pk for each in parts.listings])
        rows.update(latest_revision=Subquery(newest.values("pk")[:1]))
        if self.publish:
            rows.update(live_revision=F("latest_revision"))
        else:
            rows.update(has_unpublished_changes=True)
            for listing, line in self.waiting:
                Listing.objects.filter(pk=listing.pk).update(
                    external_digest=line.digest
                )
        return revisions


def _rewrite(listings: Sequence[Listing], names: Sequence[str]) -> None:
    """Writes these fields of rows that exist.

    `bulk_update` builds a case for each row and field, which takes ten times as long.
    """
    columns = [Listing._meta.get_field(name) for name in names]
    assigned = ", ".join(f'"{column.column}" = %s' for column in columns)
    sql = f"UPDATE {Listing._meta.db_table} SET {assigned} WHERE id = %s"  # noqa: S608
    rows = [
        [
            *(
                column.get_db_prep_save(getattr(listing, column.attname), connection)
                for column in columns
            ),
            listing.pk,
        ]
        for listing in listings
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def _log(listings: Sequence[Listing], by: User) -> None:
    """One entry an organisation; each listing has its revision besides."""
    counts = Counter(listing.organisation for listing in listings)
    for organisation, count in counts.items():
        log(organisation, "listings.import", user=by, data={"listings": count})
