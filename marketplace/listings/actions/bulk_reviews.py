"""Hands many listings to the review at once."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from marketplace.listings.models import (
    Listing,
    ListingReviewState,
    ListingReviewTask,
)
from marketplace.people.models import User

from .drafts import NoReview
from .review import first_reader


def start_reviews(
    listings: Sequence[Listing], revisions: Sequence[Revision], by: User
) -> None:
    """Every listing waits for the first step of the review, with its new revision.

    A review that looked at an older text ends. What its owner withdrew stays so.
    """
    pairs = [
        (listing, revision)
        for listing, revision in zip(listings, revisions, strict=True)
        if listing.withdrawn_at is None
    ]
    if not pairs:
        return
    _end_reviews([listing for listing, _revision in pairs], by)
    workflow = pairs[0][0].get_workflow()
    task = workflow and workflow.tasks.first()
    if task is None:
        raise NoReview
    content_type = ContentType.objects.get_for_model(Listing)
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type=content_type,
            base_content_type=content_type,
            object_id=str(listing.pk),
            workflow=workflow,
            requested_by=by,
        )
        for listing, _revision in pairs
    )
    _start_steps(states, pairs, task.specific)


def _end_reviews(listings: Sequence[Listing], by: User) -> None:
    running = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Listing),
        object_id__in=[str(listing.pk) for listing in listings],
    )
    for state in running:
        state.cancel(user=by)


def _start_steps(
    states: Sequence[WorkflowState],
    pairs: Sequence[tuple[Listing, Revision]],
    task: ListingReviewTask,
) -> None:
    own_type = ContentType.objects.get_for_model(ListingReviewState)
    steps = TaskState.objects.bulk_create(
        TaskState(
            workflow_state=state,
            revision=revision,
            task_id=task.pk,
            content_type=own_type,
            started_at=timezone.now(),
        )
        for state, (_listing, revision) in zip(states, pairs, strict=True)
    )
    for state, step, (listing, _revision) in zip(states, steps, pairs, strict=True):
        # Django creates no child rows in bulk: each is written below its parent.
        ListingReviewState(
            taskstate_ptr=step,
            side=first_reader(listing),
            owned_by=listing.organisation.public_id,
        ).save_base(raw=True, force_insert=True)
        state.current_task_state = step
    WorkflowState.objects.bulk_update(states, ["current_task_state"], batch_size=100)
