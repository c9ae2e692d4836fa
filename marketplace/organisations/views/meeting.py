"""Whom an organisation does not want to meet: its own page, which nobody else sees."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.organisations.actions import end_block, set_avoidances
from marketplace.organisations.forms import AvoidanceForm
from marketplace.organisations.permissions import ACTING
from marketplace.refusals import shows_refusals

from .lookups import own_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def apart(request, public_id):
    organisation = own_or_404(request, public_id, *ACTING)
    form = AvoidanceForm(
        request.POST if request.method == "POST" else None, organisation=organisation
    )
    if request.method == "POST" and form.is_valid():
        set_avoidances(organisation, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. Nobody else learns of it."))
        return redirect("organisations:apart", organisation.public_id)
    context = {
        "organisation": organisation,
        "form": form,
        "blocks": organisation.blocks.live(),
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/apart.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def end_a_block(request, public_id, block):
    organisation = own_or_404(request, public_id, *ACTING)
    end_block(
        get_object_or_404(organisation.blocks.live(), public_id=block), by=request.user
    )
    messages.success(request, _("You may find each other again."))
    return redirect("organisations:apart", organisation.public_id)
