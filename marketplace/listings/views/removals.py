"""The owner of a listing that was taken down asks for a second look."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.listings.actions import appeal_removal
from marketplace.listings.forms import AppealForm
from marketplace.listings.permissions import can_appeal
from marketplace.listings.removal_faces import removal_face
from marketplace.people.once import once
from marketplace.refusals import shows_refusals

from .lookups import own_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
@once
def appeal(request, public_id):
    listing = own_or_404(request, public_id)
    removal = listing.removals.first()
    if removal is None or not can_appeal(request.user, removal):
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        appeal_removal(removal, by=request.user, **form.cleaned_data)
        messages.success(request, _("Sent. Somebody who did not take it down looks."))
        return redirect(listing)
    context = {
        "form": form,
        "removal": removal_face(listing, request.user),
        "back": listing.get_absolute_url(),
    }
    status = 422 if form.errors else 200
    return render(request, "listings/appeal.html", context, status=status)
