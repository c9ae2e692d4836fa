"""Meeting somebody no more, and resting for a while."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.introductions.actions import (
    block_counterpart,
    block_owner,
    pause_requests,
    resume_requests,
)
from marketplace.introductions.models import Pause
from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.refusals import shows_refusals

from .lookups import sent_or_404

_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(_WRITE)
@shows_refusals
def block(request, public_id):
    """The owner of a listing, for all organisations this person acts for."""
    others = Listing.objects.visible_to(request.user).exclude(
        organisation__in=Organisation.objects.of(request.user)
    )
    listing = get_object_or_404(others, public_id=public_id)
    mine = Organisation.objects.of(request.user)
    acting = [each for each in mine if can_act_for(request.user, each)]
    if request.method == "POST" and acting:
        with transaction.atomic():
            for organisation in acting:
                block_owner(listing, by=request.user, organisation=organisation)
        return _blocked(request, acting[0])
    context = {
        "may_block": bool(acting),
        "title": listing.title,
        "language": listing.written_in,
        "back": listing.get_absolute_url(),
    }
    return render(request, "introductions/block.html", context)


@login_required
@require_http_methods(_WRITE)
@shows_refusals
def block_other_side(request, public_id):
    introduction = sent_or_404(request, public_id)
    own = introduction.side_of(request.user)
    may_block = can_act_for(request.user, own)
    if request.method == "POST":
        block_counterpart(introduction, by=request.user)
        return _blocked(request, own)
    context = {
        "may_block": may_block,
        "title": introduction.listing_title_for(own),
        "language": introduction.listing.written_in,
        "back": introduction.get_absolute_url(),
        "report": reverse("introductions:report", args=[introduction.public_id]),
    }
    return render(request, "introductions/block.html", context)


def _blocked(request, organisation):
    messages.success(
        request, _("You will not meet again here. The other side is not told.")
    )
    return redirect("organisations:apart", organisation.public_id)


@login_required
@require_POST
@shows_refusals
def pause(request, public_id):
    own = Listing.objects.owned_by(request.user).select_related("organisation")
    pause_requests(get_object_or_404(own, public_id=public_id), by=request.user)
    messages.success(request, _("No new requests for now. You can change that here."))
    return redirect("introductions:list")


@login_required
@require_POST
@shows_refusals
def resume(request, public_id):
    own = Pause.objects.live().filter(
        organisation__in=Organisation.objects.of(request.user)
    )
    resume_requests(get_object_or_404(own, public_id=public_id), by=request.user)
    messages.success(request, _("New requests are welcome again."))
    return redirect("introductions:list")
