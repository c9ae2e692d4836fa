"""How a listing ends: withdrawn, taken down or run out; and how it goes on."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.listings.models import Listing
from marketplace.listings.notice_kinds import EXPIRED, RUNS_OUT
from marketplace.listings.permissions import can_edit
from marketplace.listings.signals import (
    listing_changed,
    listing_published,
    listing_withdrawn,
)
from marketplace.people.clock import clock_user
from marketplace.people.models import User
from marketplace.refusals import require

from .review import life_from_now
from .telling import tell_owner


class NothingToRenew(DomainError):
    user_message = _("Only a listing that was public can be renewed.")


@transaction.atomic
def withdraw_listing(listing: Listing, *, by: User) -> Listing:
    """The owner takes a listing back; nobody else sees it from this moment on."""
    listing = Listing.objects.locked(listing.pk)
    require(can_edit(by, listing))
    if listing.removals.standing().exists():  # staff may not bring it back any more
        listing.withdrawn_at = timezone.now()
        _bump(listing, "withdrawn_at")
        log(listing, "listings.withdraw", user=by)
        return listing
    return hide(listing, by, "listings.withdraw")


def hide(listing: Listing, by: User, act: str) -> Listing:
    """From the commit on nobody else sees it; `listing` is a locked row."""
    if listing.withdrawn_at:
        return listing
    if review := listing.current_workflow_state:
        review.cancel(user=by)
    listing.withdrawn_at = timezone.now()
    _bump(listing, "withdrawn_at")
    if listing.live:
        _unpublish(listing, by)
    log(listing, act, user=by)
    listing_withdrawn.send(sender=Listing, listing=listing)
    return listing


def bring_back(listing: Listing, by: User) -> None:
    """What was hidden stands as it stood, with the time that is left of its life.

    One that never was public, or whose time is over, is its owner's again and no more.
    """
    was_public = listing.published_on is not None
    is_over = listing.expires_at is not None and listing.expires_at <= timezone.now()
    listing.withdrawn_at = None
    if was_public and not is_over:
        listing.live = True
    _bump(listing, "withdrawn_at", "live")
    log(listing, "listings.bring_back", user=by)
    if listing.live:
        listing_published.send(sender=Listing, listing=listing)


@transaction.atomic
def renew_listing(listing: Listing, *, by: User) -> Listing:
    """One tap keeps a listing for another life, or brings a run-out one back."""
    listing = Listing.objects.locked(listing.pk)
    require(can_edit(by, listing))
    if not listing.is_renewable:
        raise NothingToRenew
    if listing.live and listing.closes_on == timezone.localdate(life_from_now()):
        return listing  # renewed today: a second tap is no second act
    was_hidden = not listing.live
    listing.live, listing.expired = True, False
    listing.expires_at, listing.reminded_days = life_from_now(), None
    _bump(listing, "live", "expired", "expires_at", "reminded_days")
    log(listing, "listings.renew", user=by)
    news = listing_published if was_hidden else listing_changed
    news.send(sender=Listing, listing=listing)
    return listing


def expire_due_listings() -> int:
    """Hide the listings whose time is over; returns how many. Safe to repeat."""
    due = list(Listing.objects.due().values_list("pk", flat=True))
    return sum(_expire(pk) for pk in due)


@transaction.atomic
def _expire(pk: int) -> bool:
    listing = Listing.objects.due().select_for_update().filter(pk=pk).first()
    if listing is None:
        return False
    by = clock_user()
    _bump(listing)
    _unpublish(listing, by, set_expired=True)
    log(listing, "listings.expire", user=by)
    tell_owner(listing, EXPIRED)
    listing_withdrawn.send(sender=Listing, listing=listing)
    return True


def remind_owners() -> int:
    """Tell owners 30, 7 and 0 days before the end, each once; returns how many."""
    days = max(settings.LISTING_REMINDER_DAYS)
    soon = timezone.now() + datetime.timedelta(days=days + 1)
    near = Listing.objects.live().filter(expires_at__lt=soon)
    return sum(_remind(pk) for pk in list(near.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int) -> bool:
    listing = Listing.objects.locked(pk)
    left = (timezone.localdate(listing.expires_at) - timezone.localdate()).days
    reached = [days for days in settings.LISTING_REMINDER_DAYS if left <= days]
    if not reached:
        return False
    step = min(reached)
    if listing.reminded_days is not None and listing.reminded_days <= step:
        return False
    listing.reminded_days = step
    listing.save(update_fields=["reminded_days"])
    tell_owner(listing, RUNS_OUT, until=listing.expires_at)
    return True


def _bump(listing: Listing, *fields: str) -> None:
    """Every change that others can see has a version of its own."""
    listing.version += 1
    listing.save(update_fields=["version", *fields])


def _unpublish(listing: Listing, by: User, *, set_expired: bool = False) -> None:
    action = UnpublishAction(listing, set_expired=set_expired, user=by)
    action.execute(skip_permission_checks=True)
