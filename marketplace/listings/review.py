"""The review that listings pass: two steps, by reviewers of both sides."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from marketplace.organisations.models import Side

from .models import Listing, ListingReviewTask, ReviewingSide

NAME = "Review of listings"
STEPS = ("First reading of a listing", "Second reading of a listing")
# Beside the group whose right it is to review: for which side each of them reads.
READERS = {
    Side.ISRAELI: "Reviewers, Israeli side",
    Side.PALESTINIAN: "Reviewers, Palestinian side",
}


def ensure_review(reviewers: Group) -> Workflow:
    """Attach the review to listings, once; `setup_site` and tests call it."""
    workflow, _new = Workflow.objects.get_or_create(name=NAME)
    for order, name in enumerate(STEPS):
        task, _new = ListingReviewTask.objects.get_or_create(name=name)
        task.groups.add(reviewers)
        WorkflowTask.objects.get_or_create(
            workflow=workflow, task=task, defaults={"sort_order": order}
        )
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Listing),
        defaults={"workflow": workflow},
    )
    for side, name in READERS.items():
        group, _new = Group.objects.get_or_create(name=name)
        ReviewingSide.objects.get_or_create(side=side, defaults={"group": group})
    return workflow
