"""Next steps and milestones: written, changed, confirmed, done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.exceptions import DomainError, MoveNotAllowed
from marketplace.people.once import once
from marketplace.refusals import shows_refusals
from marketplace.ventures.actions import (
    add_milestone,
    confirm_milestone,
    edit_milestone,
)
from marketplace.ventures.forms import MilestoneForm
from marketplace.ventures.models import JointVenture, Milestone, MilestoneWord
from marketplace.ventures.permissions import can_take_part

from .lookups import own_or_404, version_read


def _own_milestone(request, public_id):
    rows = Milestone.objects.of(request.user).select_related(
        "venture", "owner__organisation"
    )
    return get_object_or_404(rows, public_id=public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def add(request, public_id):
    return _write(request, own_or_404(request, public_id), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, public_id):
    milestone = _own_milestone(request, public_id)
    if milestone.is_over:
        raise Http404
    return _write(request, milestone.venture, milestone)


def _write(request, venture, milestone):
    """The form of a step; what was typed stays where it is refused."""
    if venture.status not in JointVenture.GOING_ON:
        raise Http404
    if not can_take_part(request.user, venture):
        raise Http404
    form = MilestoneForm(
        request.POST if request.method == "POST" else None,
        venture=venture,
        was=milestone,
        initial=MilestoneForm.initial_of(milestone),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _keep(venture, milestone, by=request.user, text=form.text_of_step())
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, _("Kept."))
            return redirect(venture)
    context = {
        "form": form,
        "back": venture.get_absolute_url(),
        "is_new": milestone is None,
    }
    status = 422 if form.errors else 200
    return render(request, "ventures/milestone.html", context, status=status)


def _keep(venture, milestone, *, by, text):
    if milestone is None:
        add_milestone(venture, by=by, text=text)
    else:
        edit_milestone(milestone, by=by, text=text)


@login_required
@require_POST
@shows_refusals
def say(request, public_id):
    milestone = _own_milestone(request, public_id)
    what, version = request.POST.get("what", ""), version_read(request)
    if what not in MilestoneWord.What.values:
        raise MoveNotAllowed
    confirm_milestone(milestone, by=request.user, what=what, version=version)
    messages.success(request, _("Noted. Your partners have been told."))
    return redirect(milestone)
