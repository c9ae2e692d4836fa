"""The end that all partners say together, a new start, and the library of lessons."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.exceptions import DomainError
from marketplace.people.once import once
from marketplace.refusals import shows_refusals
from marketplace.ventures.actions import (
    confirm_closing,
    restart_venture,
    write_closing,
)
from marketplace.ventures.closing_faces import can_restart, closing_face, may_close
from marketplace.ventures.forms import ClosingForm, VentureForm
from marketplace.ventures.models import ClosingNote, JointVenture, Lesson
from marketplace.ventures.permissions import can_take_part, party_of

from .lookups import own_or_404, version_read


@login_required
@require_safe
def detail(request, public_id):
    venture = own_or_404(request, public_id)
    face = closing_face(venture, request.user)
    if face is None:
        raise Http404
    context = {"closing": face, "back": venture.get_absolute_url(), "id": public_id}
    return render(request, "ventures/closing.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def write(request, public_id):
    venture = own_or_404(request, public_id)
    if not may_close(venture, request.user):
        raise Http404
    note = ClosingNote.objects.filter(venture=venture).first()
    form = ClosingForm(
        request.POST if request.method == "POST" else None,
        venture=venture,
        own=party_of(request.user, venture).organisation,
        initial=ClosingForm.initial_of(note, get_language() or "en"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            note = write_closing(venture, by=request.user, text=form.closing())
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, _("Kept."))
            return redirect(note)
    context = {"form": form, "back": venture.get_absolute_url()}
    status = 422 if form.errors else 200
    return render(request, "ventures/closing_form.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def confirm(request, public_id):
    venture = own_or_404(request, public_id)
    note = get_object_or_404(ClosingNote, venture=venture)
    note = confirm_closing(note, by=request.user, version=version_read(request))
    if note.closed_at is None:
        messages.success(request, _("You have confirmed. The others have been told."))
    else:
        messages.success(request, _("All partners have confirmed; it is closed."))
    return redirect(note)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def restart(request, public_id):
    """The same partners begin anew, with the words of before to start from."""
    own = JointVenture.objects.involving(request.user)
    notes = ClosingNote.objects.select_related("venture", "restarted_as")
    note = get_object_or_404(notes, restart=public_id, venture__in=own)
    venture = note.venture
    if not can_take_part(request.user, venture) or not can_restart(note):
        raise Http404
    parties = venture.parties.select_related("organisation")
    form = VentureForm(
        request.POST if request.method == "POST" else None,
        organisations=[party.organisation for party in parties],
        language=get_language() or "en",
        initial=VentureForm.initial_of(venture) | {"starts_on": None, "ends_on": None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            anew = restart_venture(note, by=request.user, text=form.text())
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, _("The proposal is ready for all to read."))
            return redirect(anew)
    context = {"form": form, "back": note.get_absolute_url()}
    status = 422 if form.errors else 200
    return render(request, "ventures/restart.html", context, status=status)


@require_safe
def lessons(request):
    rows = Lesson.objects.published()
    context = {
        "lessons": [(row.get_ending_display(), row.text) for row in rows],
    }
    return render(request, "ventures/lessons.html", context)
