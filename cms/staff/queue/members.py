"""What waits for those who look after members: safety, reviews, verification."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState

from marketplace.introductions.models import Concern, Introduction
from marketplace.listings.models import Listing, Report
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


def listings_to_review(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Listings handed in, by the moment of the last handing in."""
    states = (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=ContentType.objects.get_for_model(
                Listing
            ),
        )
        .select_related("workflow_state", "revision")
        .order_by("started_at")[: SHOWN + 1]
    )
    rows = Listing.objects.in_bulk({int(s.workflow_state.object_id) for s in states})
    for state in states:
        listing = rows.get(int(state.workflow_state.object_id))
        if listing is not None:
            url = finder.get_edit_url(listing) or ""
            yield Waiting(state.revision.object_str, state.started_at, url)


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
