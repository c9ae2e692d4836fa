"""What waits for those who look after members: safety, reviews, verification."""

from collections.abc import Iterable

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from marketplace.introductions.models import Concern, Introduction
from marketplace.listings.models import Listing, ListingReviewState, Removal, Report
from marketplace.organisations.models import Organisation

from .waiting import SHOWN, Waiting


def open_concerns(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Members' words about threads that nobody has closed; no party is named."""
    rows = Concern.objects.filter(closed_at__isnull=True)
    for row in rows.order_by("created_at")[: SHOWN + 1]:
        yield Waiting(str(row), row.created_at, finder.get_edit_url(row) or "")


def open_reports(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Readers' words about listings that nobody has closed; the reporter unnamed."""
    rows = Report.objects.filter(closed_at__isnull=True).select_related("listing")
    for row in rows.order_by("created_at")[: SHOWN + 1]:
        url = finder.get_edit_url(row) or finder.get_edit_url(row.listing) or ""
        yield Waiting(f"{row}: {row.listing}", row.created_at, url)


def open_appeals(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Second looks that owners ask for, and this person may give."""
    rows = Removal.objects.open_to(finder.user)
    for row in rows.select_related("listing").order_by("appealed_at")[: SHOWN + 1]:
        since = row.appealed_at or row.removed_at
        yield Waiting(str(row.listing), since, finder.get_edit_url(row) or "")


def listings_to_review(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Listings whose next step is this reviewer's, by the moment of handing in."""
    return _steps(ListingReviewState.steps.open_to(finder.user), finder)


def listings_with_others(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Listings that others read next; nobody may be left to wait unseen."""
    mine = ListingReviewState.steps.open_to(finder.user).values("pk")
    return _steps(ListingReviewState.steps.under_way().exclude(pk__in=mine), finder)


def _steps(
    steps: QuerySet[ListingReviewState], finder: AdminURLFinder
) -> Iterable[Waiting]:
    """The clock runs from the handing in, not from one step to the next."""
    oldest_first = steps.select_related("workflow_state", "revision").order_by(
        "workflow_state__created_at", "pk"
    )
    rows = list(oldest_first[: SHOWN + 1])
    known = Listing.objects.in_bulk({int(r.workflow_state.object_id) for r in rows})
    for row in rows:
        listing = known.get(int(row.workflow_state.object_id))
        if listing is not None:
            reader = row.get_side_display() if row.side else _("either side")
            label = f"{row.revision.object_str} · {reader}"
            url = finder.get_edit_url(listing) or ""
            yield Waiting(label, row.workflow_state.created_at, url)


def organisations_to_verify(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Organisations that wait, since they came in or asked again."""
    pending = Organisation.Verification.PENDING
    asked = Max("decisions__decided_at", filter=Q(decisions__state=pending))
    rows = Organisation.objects.filter(verification_state=pending).annotate(
        since=Coalesce(asked, "created_at")
    )
    for row in rows.order_by("since")[: SHOWN + 1]:
        yield Waiting(str(row), row.since, finder.get_edit_url(row) or "")


def held_introductions(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Held by a facilitator, by its number alone; due when the hold runs out."""
    rows = Introduction.objects.filter(status=Introduction.Status.HELD)
    for row in rows.order_by("expires_at")[: SHOWN + 1]:
        url = reverse("introduction:inspect", args=[row.pk])
        since = row.asked_at or row.created_at
        yield Waiting(str(row)[:8], since, url, row.expires_at)
