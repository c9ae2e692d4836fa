"""Who may do what to a listing."""

from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import CLOCK_EMAIL, User

from .models import Listing, ListingReviewState, Removal


def can_edit(user: User, listing: Listing) -> bool:
    """Whether this person writes for the organisation that owns the listing."""
    return can_act_for(user, listing.organisation)


def can_review(user: User) -> bool:
    """Whether this member of staff may make listings public and send them back."""
    return user.is_active and user.has_perm("listings.publish_listing")


def can_appeal(user: User, removal: Removal) -> bool:
    """Its owner, once, while that taking down is what keeps the listing hidden."""
    standing = Removal.objects.standing().filter(pk=removal.pk)
    return (
        removal.appealed_at is None
        and can_edit(user, removal.listing)
        and standing.exists()
    )


def can_answer_appeal(user: User, removal: Removal) -> bool:
    """Reviewers, of appeals that are open to them."""
    waiting = Removal.objects.open_to(user).filter(pk=removal.pk)
    return can_review(user) and waiting.exists()


def can_decide(user: User, step: ListingReviewState) -> bool:
    """Whether it is this reviewer's turn to read for one of the sides."""
    return ListingReviewState.steps.open_to(user).filter(pk=step.pk).exists()


def can_import(user: User) -> bool:
    """Whether this person may bring in listings that no staff have read."""
    return can_review(user) or user.email == CLOCK_EMAIL


def can_report(user: User, listing: Listing) -> bool:
    """Any member may point staff to a listing that others can see."""
    return user.is_authenticated and user.is_active
