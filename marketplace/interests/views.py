"""An investor says how near it stands; a founder reads counts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.refusals import shows_refusals

from .actions import note_interest, take_back_interest
from .faces import FEWEST_SHOWN, rungs_of
from .forms import TAKEN_BACK, InterestForm
from .models import Interest
from .permissions import can_note

LONGEST_KEY = 18
"""So many digits fit every database's keys; a longer number names nothing."""


@login_required
@require_safe
def interests(request):
    rows = Interest.objects.of(request.user).standing()
    rows = list(rows.select_related("listing", "organisation").order_by("-set_at"))
    visible = set(
        Listing.objects.visible_to(request.user)
        .filter(pk__in=[row.listing_id for row in rows])
        .values_list("pk", flat=True)
    )
    context = {"rows": [(row, row.listing_id in visible) for row in rows]}
    return render(request, "interests/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def note(request, public_id):
    listing = get_object_or_404(
        Listing.objects.select_related("organisation"), public_id=public_id
    )
    mine = Organisation.objects.of(request.user)
    able = [each for each in mine if can_note(request.user, each, listing)]
    kept = Interest.objects.of(request.user).filter(listing=listing)
    if request.POST.get("level") == TAKEN_BACK:
        return _take_back(request, kept, able)
    if not able:
        raise Http404
    said = {row.organisation_id: row.level for row in kept}
    form = InterestForm(
        request.POST or None,
        organisations=able,
        initial={"level": said.get(able[0].pk) or TAKEN_BACK},
    )
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        level = form.cleaned_data["level"]
        note_interest(listing, level, organisation=organisation, by=request.user)
        messages.success(request, _("Kept. Nobody else is told."))
        return redirect("interests:list")
    context = {"form": form, "listing": listing}
    status = 422 if form.is_bound else 200
    return render(request, "interests/note.html", context, status=status)


def _take_back(request, kept, able):
    """Also where the listing is public no more, or the seat has ended."""
    chosen = request.POST.get("organisation", "")
    if chosen:
        is_key = chosen.isdecimal() and len(chosen) <= LONGEST_KEY
        kept = kept.filter(organisation=chosen) if is_key else kept.none()
    found = list(kept.select_related("organisation"))
    if not found and not able:
        raise Http404
    for row in found:
        take_back_interest(row, by=request.user)
    messages.success(request, _("Kept. Nobody else is told."))
    return redirect("interests:list")


@login_required
@require_safe
def counts(request, public_id):
    own = get_object_or_404(
        Listing.objects.owned_by(request.user),
        kind=Listing.Kind.INVESTMENT,
        public_id=public_id,
    )
    context = {"own": own, "rungs": rungs_of(own), "fewest": FEWEST_SHOWN}
    return render(request, "interests/counts.html", context)
