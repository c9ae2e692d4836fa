"""The review that listings pass: one step, by the reviewers' group."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from .models import Listing, ListingReviewTask

NAME = "Review of listings"


def ensure_review(reviewers: Group) -> Workflow:
    """Attach the review to listings, once; `setup_site` and tests call it."""
    workflow, _new = Workflow.objects.get_or_create(name=NAME)
    task, _new = ListingReviewTask.objects.get_or_create(name=NAME)
    task.groups.add(reviewers)
    WorkflowTask.objects.get_or_create(
        workflow=workflow, task=task, defaults={"sort_order": 0}
    )
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Listing),
        defaults={"workflow": workflow},
    )
    return workflow
