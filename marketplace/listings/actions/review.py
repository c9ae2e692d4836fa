"""Staff make a listing public or send it back, and its owner learns why."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState

from marketplace.exceptions import DomainError
from marketplace.listings.models import (
    OTHER_SIDE,
    Listing,
    ListingReviewState,
    last_rejection,
)
from marketplace.listings.notice_kinds import NEEDS_CHANGES, PUBLISHED
from marketplace.listings.permissions import can_decide, can_review
from marketplace.listings.signals import listing_published
from marketplace.organisations.models import Side
from marketplace.people.models import User
from marketplace.refusals import require

from .telling import tell_owner, tell_reviewers


class NotInReview(DomainError):
    user_message = _("This listing is not in review any more.")


def life_from_now() -> datetime.datetime:
    """When a listing that starts today runs out."""
    return timezone.now() + datetime.timedelta(days=settings.LISTING_LIFE_DAYS)


@transaction.atomic
def open_step(step: ListingReviewState) -> None:
    """A step says whose reviewers read now, and these hear of it.

    The first is of the listing's own side, or of either where that is neither; the
    second is of the other side than the first.
    """
    listing = Listing.objects.select_related("organisation").get(
        pk=step.workflow_state.object_id
    )
    step.owned_by = listing.organisation.public_id
    step.side = _next_reader(listing, step.workflow_state)
    step.save(update_fields=["owned_by", "side"])
    tell_reviewers(listing, step)


def _next_reader(listing: Listing, review: WorkflowState) -> str:
    read = ListingReviewState.steps.filter(
        workflow_state=review, status=TaskState.STATUS_APPROVED
    ).first()
    return OTHER_SIDE[Side(read.side)] if read else first_reader(listing)


def first_reader(listing: Listing) -> str:
    """The side whose reviewers read first; empty where either may begin."""
    own = listing.organisation.side
    return own if own in OTHER_SIDE else ""


@transaction.atomic
def approve_listing(listing: Listing, *, by: User) -> Listing:
    """A reviewer lets the newest version stand; the second makes it public."""
    require(can_review(by))
    step = _step_of(listing)
    require(can_decide(by, step))
    step.task.specific.on_action(step, by, "approve")
    return Listing.objects.get(pk=listing.pk)


@transaction.atomic
def reject_listing(
    listing: Listing, *, because: str, by: User, note: str = ""
) -> Listing:
    """A reviewer asks for changes; what was public before stays public."""
    require(can_review(by))
    step = _step_of(listing)
    require(can_decide(by, step))
    step.task.specific.on_action(step, by, "reject", reason=because, comment=note)
    return Listing.objects.get(pk=listing.pk)


def _step_of(listing: Listing) -> TaskState:
    review = Listing.objects.locked(listing.pk).current_workflow_state
    if review is None or review.status != WorkflowState.STATUS_IN_PROGRESS:
        raise NotInReview
    return review.current_task_state


@transaction.atomic
def record_publication(listing: Listing) -> None:
    """What follows when a version has become public, whoever made it so."""
    now = timezone.now()
    rows = Listing.objects.filter(pk=listing.pk)
    rows.update(
        version=F("version") + 1,
        published_on=listing.published_on or listing.owner.day_of(now),
        expires_at=life_from_now(),
        reminded_days=None,
        withdrawn_at=None,
        expired=False,
    )
    listing.photos.filter(
        approved_at__isnull=True, created_at__lte=_handed_in_at(listing) or now
    ).update(approved_at=now)
    public = rows.select_related("owner").get()
    log(public, "listings.publish")
    tell_owner(public, PUBLISHED, until=public.expires_at)
    listing_published.send(sender=Listing, listing=public)


def _handed_in_at(listing: Listing) -> datetime.datetime | None:
    """When what staff have read was handed in: a photo added later, not all have seen."""
    reviews = WorkflowState.objects.filter(
        base_content_type=listing.get_base_content_type(), object_id=str(listing.pk)
    )
    review = reviews.order_by("-created_at").first()
    return review.created_at if review else None


@transaction.atomic
def record_rejection(listing: Listing, review: WorkflowState) -> None:
    """What follows when a review has asked for changes."""
    step = last_rejection(review)
    reason = step.reason if step else ""
    log(listing, "listings.reject", data={"because": reason})
    if reason:
        edit = reverse("listings:edit", args=[listing.public_id])
        tell_owner(listing, NEEDS_CHANGES[reason], url=edit)
