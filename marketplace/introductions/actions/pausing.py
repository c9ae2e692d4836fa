"""An alias takes no new requests for a time."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.introductions.limits import paused_with
from marketplace.introductions.models import Pause
from marketplace.listings.models import Listing
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User
from marketplace.refusals import require


@transaction.atomic
def pause_requests(listing: Listing, *, by: User) -> Pause:
    """No new requests for what shows the alias of this listing. Safe to repeat."""
    require(can_act_for(by, listing.organisation))
    pause = Pause.objects.live().filter(paused_with(listing)).first()
    if pause is None:
        pause = Pause.objects.create(
            organisation=listing.organisation,
            listing=listing if listing.is_hidden else None,
            begun_by=by,
        )
        log(listing, "introductions.pause", user=by)
    return pause


@transaction.atomic
def resume_requests(pause: Pause, *, by: User) -> None:
    """Requests are welcome again."""
    require(can_act_for(by, pause.organisation))
    ended = Pause.objects.live().filter(pk=pause.pk).update(ended_at=timezone.now())
    if ended:
        log(pause.listing or pause.organisation, "introductions.resume", user=by)
