"""Staff take a listing down with a reason; its owner may ask another of them to look."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.listings.models import Listing, Removal
from marketplace.listings.notice_kinds import APPEAL_ANSWERED, APPEALED, TAKEN_DOWN
from marketplace.listings.permissions import (
    can_answer_appeal,
    can_appeal,
    can_review,
)
from marketplace.notices.actions import notify
from marketplace.people.models import User
from marketplace.people.permissions import holders_of
from marketplace.refusals import require

from .life import bring_back, hide
from .telling import tell_owner


@transaction.atomic
def take_down_listing(
    listing: Listing, *, by: User, because: str, note: str = ""
) -> Listing:
    """Staff hide a listing and say why; its owner is told."""
    listing = Listing.objects.locked(listing.pk)
    require(can_review(by))
    if listing.withdrawn_at:
        return listing
    listing = hide(listing, by, "listings.take_down")
    Removal.objects.create(listing=listing, reason=because, note=note, removed_by=by)
    tell_owner(listing, TAKEN_DOWN)
    return listing


@transaction.atomic
def appeal_removal(removal: Removal, *, by: User, text: str) -> Removal:
    """The owner says why the listing should stand; once for a taking down."""
    listing = Listing.objects.locked(removal.listing_id)
    removal = Removal.objects.get(pk=removal.pk)
    require(can_appeal(by, removal))
    removal.appeal, removal.appealed_by = text, by
    removal.appealed_at = timezone.now()
    removal.save(update_fields=["appeal", "appealed_by", "appealed_at"])
    log(listing, "listings.appeal", user=by)
    own = set(listing.organisation.memberships.values_list("user_id", flat=True))
    for reviewer in holders_of("listings.change_removal"):
        if reviewer.pk not in own | {removal.removed_by_id}:
            notify(reviewer, APPEALED, about=listing, url="/staff/")
    return removal


@transaction.atomic
def answer_appeal(
    removal: Removal, *, by: User, lifted: bool, answer: str = ""
) -> Removal:
    """Somebody else looks again: the listing comes back as it was, or stays down.

    Raises `DomainError` for who took it down, and where nothing waits for an answer.
    """
    listing = Listing.objects.locked(removal.listing_id)
    removal = Removal.objects.get(pk=removal.pk)
    if removal.removed_by_id == by.pk:
        raise DomainError(_("Whoever took it down does not answer. A colleague does."))
    if not Removal.objects.waiting().filter(pk=removal.pk).exists():
        raise DomainError(_("Nothing waits for an answer here any more."))
    require(can_answer_appeal(by, removal))
    removal.lifted, removal.answer = lifted, answer
    removal.answered_by, removal.answered_at = by, timezone.now()
    removal.save(update_fields=["lifted", "answer", "answered_by", "answered_at"])
    log(listing, "listings.answer_appeal", user=by, data={"lifted": lifted})
    if lifted:
        bring_back(listing, by)
    tell_owner(listing, APPEAL_ANSWERED)
    return removal
