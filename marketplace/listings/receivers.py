"""What this room hears from Wagtail and from the room below."""

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.mail import (
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import WorkflowState
from wagtail.signals import (
    published,
    task_submitted,
    workflow_approved,
    workflow_rejected,
)

from marketplace.organisations.models import Organisation
from marketplace.organisations.signals import (
    organisation_changed,
    organisation_verified,
)

from .actions import open_step, record_publication, record_rejection
from .models import Listing, ListingReviewState
from .signals import listing_changed

_approval_mail = WorkflowStateApprovalEmailNotifier()
_rejection_mail = WorkflowStateRejectionEmailNotifier()


def note_published(*, instance: Listing, **kwargs: object) -> None:
    """Staff approved a listing, or published it by hand."""
    record_publication(instance)


def note_step(*, instance: ListingReviewState, **kwargs: object) -> None:
    """A listing came to the first or the second step of its review."""
    open_step(instance)


def _is_of_listing(review: WorkflowState) -> bool:
    model = ContentType.objects.get_for_id(review.base_content_type_id).model_class()
    return model is Listing


def note_approved(*, instance: WorkflowState, **kwargs: object) -> None:
    """Editorial pages keep Wagtail's mail; owners of listings were told already."""
    if not _is_of_listing(instance):
        _approval_mail(instance=instance, **kwargs)


def note_rejected(*, instance: WorkflowState, **kwargs: object) -> None:
    """Owners of listings read the reason in their language, not Wagtail's mail."""
    if _is_of_listing(instance):
        listing = Listing.objects.select_related("owner").get(pk=instance.object_id)
        record_rejection(listing, instance)
    else:
        _rejection_mail(instance=instance, **kwargs)


def note_organisation(*, organisation: Organisation, **kwargs: object) -> None:
    """What others see of an organisation stands on its listings too."""
    for listing in Listing.objects.live().filter(organisation=organisation):
        listing.version += 1
        listing.save(update_fields=["version"])
        listing_changed.send(sender=Listing, listing=listing)


def connect() -> None:
    """Called once, when the application is ready.

    The two mails of Wagtail are replaced under their own names: whoever connects
    first keeps the name, and whoever was there before is taken out.
    """
    published.connect(note_published, sender=Listing)
    task_submitted.connect(note_step, sender=ListingReviewState)
    organisation_changed.connect(note_organisation, sender=Organisation)
    organisation_verified.connect(note_organisation, sender=Organisation)
    for signal, receiver, name in (
        (
            workflow_approved,
            note_approved,
            "workflow_state_approved_email_notification",
        ),
        (
            workflow_rejected,
            note_rejected,
            "workflow_state_rejected_email_notification",
        ),
    ):
        signal.disconnect(sender=WorkflowState, dispatch_uid=name)
        signal.connect(receiver, sender=WorkflowState, dispatch_uid=name)
