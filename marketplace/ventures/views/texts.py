"""What stood in a text before, and what a partner sees otherwise."""

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

from marketplace.exceptions import DomainError
from marketplace.people.once import once
from marketplace.refusals import shows_refusals
from marketplace.ventures.actions import withdraw_dissent, write_dissent
from marketplace.ventures.forms import DissentForm
from marketplace.ventures.models import Dissent
from marketplace.ventures.permissions import can_take_back
from marketplace.ventures.text_faces import (
    may_dissent,
    title_for,
    version_faces,
    wording_faces,
)

from .lookups import own_or_404


@login_required
@require_safe
def versions(request, public_id):
    venture = own_or_404(request, public_id)
    context = {
        "versions": version_faces(venture, request.user),
        "words": title_for(wording_faces(venture)),
        "back": venture.get_absolute_url(),
    }
    return render(request, "ventures/versions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def dissent(request, public_id):
    venture = own_or_404(request, public_id)
    if not may_dissent(venture, request.user):
        raise Http404
    form = DissentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            write_dissent(venture, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, _("Your note stands beside the agreement."))
            return redirect(venture)
    context = {"form": form, "back": venture.get_absolute_url()}
    status = 422 if form.errors else 200
    return render(request, "ventures/dissent_form.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def take_back(request, public_id):
    note = get_object_or_404(Dissent.objects.of(request.user), public_id=public_id)
    if not can_take_back(request.user, note):
        raise Http404
    note = withdraw_dissent(note, by=request.user)
    messages.success(request, _("The note is marked as taken back; it stays readable."))
    return redirect(note.venture)
