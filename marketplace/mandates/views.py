"""An investor's mandates in a list, and the three acts that need no form."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.organisations.models import Organisation
from marketplace.refusals import shows_refusals

from .actions import end_mandate, pause_mandate, resume_mandate
from .models import InvestorMandate
from .permissions import can_state
from .stopping import read_token


def _own(request, public_id):
    rows = InvestorMandate.objects.of(request.user).standing()
    return get_object_or_404(rows.with_conditions(), public_id=public_id)


@login_required
@require_safe
def mandates(request):
    mine = list(Organisation.objects.of(request.user))
    context = {
        "mandates": InvestorMandate.objects.of(request.user)
        .standing()
        .with_conditions(),
        "may_state": any(can_state(request.user, row) for row in mine),
        "has_organisation": bool(mine),
    }
    return render(request, "mandates/list.html", context)


@login_required
@require_POST
@shows_refusals
def pause(request, public_id):
    pause_mandate(_own(request, public_id), by=request.user)
    messages.success(request, _("The mandate rests. Nothing is sent until it resumes."))
    return redirect("mandates:list")


@login_required
@require_POST
@shows_refusals
def resume(request, public_id):
    resume_mandate(_own(request, public_id), by=request.user)
    messages.success(request, _("The mandate is at work again."))
    return redirect("mandates:list")


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """A look changes nothing: scanners of mail follow every link."""
    found = read_token(token)
    if found is None:
        raise Http404
    mandate, reader = found
    if request.method == "POST":
        pause_mandate(mandate, by=reader)
    return render(request, "mandates/stop.html", {"done": request.method == "POST"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def end(request, public_id):
    mandate = _own(request, public_id)
    if request.method == "POST":
        end_mandate(mandate, by=request.user)
        messages.success(request, _("The mandate has ended."))
        return redirect("mandates:list")
    return render(request, "mandates/end.html", {"mandate": mandate})
