"""What an owner sees of listings of one's own: where each stands and what is next."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from wagtail.models import WorkflowState

from .models import Listing, ListingReviewState, ReviewReason
from .models.listing import State

RENEWAL_DAYS = 60  # a renewal offered earlier would only be noise
_KINDS = {
    State.DRAFT: "draft",
    State.IN_REVIEW: "wait",
    State.NEEDS_CHANGES: "stop",
    State.LIVE: "ok",
    State.EXPIRED: "stop",
    State.WITHDRAWN: "draft",
}


@dataclass(frozen=True, slots=True)
class OwnListing:
    """One listing in its owner's list. `status_kind` is the look of its status."""

    public_id: UUID
    url: str
    title: str
    kind: str
    kind_label: str
    organisation: str
    written_in: str
    state: str
    state_label: str
    status_kind: str
    closes_on: datetime.date | None
    edit_waits: bool
    edit_in_review: bool
    reason: str
    note: str
    can_submit: bool
    can_renew: bool
    can_withdraw: bool


def own_listings(
    listings: Iterable[Listing], *, with_reasons: bool = True
) -> list[OwnListing]:
    """The list with its reviews, by two queries more however long it is.

    Without reasons why staff sent something back by none: the rows come `with_review`.
    """
    rows = list(listings)
    reviews = _reviews_of(rows) if with_reasons else _reviews_in(rows)
    rejections = _rejections_of(reviews.values()) if with_reasons else {}
    return [
        _own(
            row,
            reviews.get(row.pk),
            rejections.get(getattr(reviews.get(row.pk), "pk", 0)),
        )
        for row in rows
    ]


def own_listing(listing: Listing) -> OwnListing:
    """One of them."""
    return own_listings([listing])[0]


def _reviews_of(rows: list[Listing]) -> dict[int, WorkflowState]:
    if not rows:
        return {}
    states = WorkflowState.objects.active().filter(
        base_content_type=rows[0].get_base_content_type(),
        object_id__in=[str(row.pk) for row in rows],
    )
    return {int(state.object_id): state for state in states}


def _reviews_in(rows: list[Listing]) -> dict[int, WorkflowState]:
    statuses = {row.pk: row.review_status for row in rows}  # type: ignore[attr-defined]
    return {
        key: WorkflowState(status=status) for key, status in statuses.items() if status
    }


def _rejections_of(reviews: Iterable[WorkflowState]) -> dict[int, ListingReviewState]:
    sent_back = [
        r.pk for r in reviews if r.status == WorkflowState.STATUS_NEEDS_CHANGES
    ]
    if not sent_back:
        return {}
    steps = ListingReviewState.objects.filter(
        workflow_state__in=sent_back, status="rejected"
    ).order_by("finished_at")
    return {step.workflow_state_id: step for step in steps}


def _is_near_its_end(row: Listing, state: str) -> bool:
    if state == State.EXPIRED:
        return row.is_renewable
    days = (row.closes_on - timezone.localdate()).days if row.closes_on else None
    return state == State.LIVE and days is not None and days <= RENEWAL_DAYS


def _own(
    row: Listing, review: WorkflowState | None, step: ListingReviewState | None
) -> OwnListing:
    row._current_workflow_states = [review] if review else []  # Wagtail's own cache
    state = row.state
    waits = bool(review and review.status == WorkflowState.STATUS_IN_PROGRESS)
    is_over = state in (State.WITHDRAWN, State.EXPIRED)
    return OwnListing(
        public_id=row.public_id,
        url=row.get_absolute_url(),
        title=row.title,
        kind=row.kind,
        kind_label=str(row.get_kind_display()),
        organisation=row.organisation.alias,
        written_in=row.written_in,
        state=str(state),
        state_label=str(state.label),  # type: ignore[attr-defined]
        status_kind=_KINDS[state],
        closes_on=row.closes_on,
        edit_waits=row.live and row.has_unpublished_changes and not waits,
        edit_in_review=row.live and waits,
        reason=str(ReviewReason(step.reason).label) if step and step.reason else "",
        note=step.comment if step else "",
        can_submit=not waits and (not row.live or row.has_unpublished_changes),
        can_renew=_is_near_its_end(row, state),
        can_withdraw=state != State.WITHDRAWN and (row.live or waits or not is_over),
    )
