"""An owner ends what a colleague may do: asked once more before it happens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.organisations.actions import remove_colleague
from marketplace.organisations.models import Membership
from marketplace.refusals import shows_refusals

from .lookups import own_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def remove(request, public_id, person):
    organisation = own_or_404(request, public_id, Membership.Role.OWNER)
    others = organisation.memberships.exclude(user=request.user).select_related("user")
    membership = get_object_or_404(others, user__public_id=person)
    if request.method == "POST":
        remove_colleague(membership, by=request.user)
        messages.success(request, _("Removed. The access ended at once."))
        return redirect("organisations:members", organisation.public_id)
    context = {
        "organisation": organisation,
        "colleague": str(membership.user),
        "is_contact": organisation.contact == membership.user,
    }
    return render(request, "organisations/remove_colleague.html", context)
