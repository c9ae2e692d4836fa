"""An owner writes a listing and hands it to the review."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from marketplace.exceptions import DomainError
from marketplace.listings.models import Listing
from marketplace.listings.permissions import can_edit
from marketplace.people.models import User
from marketplace.refusals import require


class HeldByStaff(DomainError):
    user_message = _("Staff are working on this listing. Try again later.")


class NothingToReview(DomainError):
    user_message = _("This listing is public as it is. There is nothing to review.")


class NoReview(RuntimeError):
    """No review workflow is attached to listings; `setup_site` does that."""


@transaction.atomic
def save_draft(draft: Listing, *, by: User) -> Listing:
    """Keep what an owner has written; what others see of a live listing stays.

    `draft` comes from the form: new, or a draft of an existing listing with its parts
    in memory. A review under way is taken back, because it looked at another text.
    """
    require(can_edit(by, draft))
    is_new = draft.pk is None
    if is_new:
        draft.live = False
        draft.owner = by
    else:
        kept = Listing.objects.locked(draft.pk)
        require(can_edit(by, kept))
        if kept.locked:
            raise HeldByStaff
        draft.live = kept.live
    if not draft.live:
        draft.expired = False  # a text nobody has read comes back by the review alone
        draft.save()  # lists show the newest title of what is not public yet
    draft.save_revision(user=by)
    review = draft.current_workflow_state
    if review and review.status == WorkflowState.STATUS_IN_PROGRESS:
        review.cancel(user=by)
    log(draft, "listings.create" if is_new else "listings.edit", user=by)
    return draft


@transaction.atomic
def submit_listing(draft: Listing, *, by: User) -> Listing:
    """The owner asks staff to read the listing, new or changed.

    Safe to repeat: what already waits goes on waiting.
    """
    if draft.pk is None or draft.get_latest_revision() is None:
        draft = save_draft(draft, by=by)
    listing = Listing.objects.locked(draft.pk)
    require(can_edit(by, listing))
    review = listing.current_workflow_state
    if review and review.status == WorkflowState.STATUS_IN_PROGRESS:
        return listing
    if not _has_news(listing):
        raise NothingToReview
    _start(listing, review, by)
    log(listing, "listings.submit", user=by)
    return listing


def _has_news(listing: Listing) -> bool:
    if not listing.live or listing.withdrawn_at or listing.has_unpublished_changes:
        return True
    return listing.photos.filter(approved_at__isnull=True).exists()


def _start(listing: Listing, review: WorkflowState | None, by: User) -> None:
    """Both readers begin anew: who approved an older text has not read this one."""
    if review:
        review.cancel(user=by)
    workflow = listing.get_workflow()
    if workflow is None:
        raise NoReview
    workflow.start(listing, by)
