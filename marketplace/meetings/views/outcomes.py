"""What came of a meeting: the own note, the word of each side, the shared line."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.exceptions import DomainError, MoveNotAllowed
from marketplace.meetings.actions import (
    confirm_line,
    keep_note,
    say_took_place,
    write_line,
)
from marketplace.meetings.forms import LineForm, NoteForm
from marketplace.meetings.models import SharedLine
from marketplace.people.once import once
from marketplace.refusals import shows_refusals

from .lookups import face_of, meeting_or_404

_WRITE = ["GET", "HEAD", "POST"]


def _after_or_404(request, public_id):
    """A meeting that is over, and of which this reader may say what came of it."""
    meeting, onlooker = meeting_or_404(request, public_id)
    face = face_of(onlooker, meeting)
    if face.outcome is None or not face.outcome.may_note:
        raise Http404
    return meeting, onlooker, face


@login_required
@require_http_methods(_WRITE)
@shows_refusals
@once
def note(request, public_id):
    meeting, _onlooker, face = _after_or_404(request, public_id)
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"text": face.outcome.note},
    )
    if request.method == "POST" and form.is_valid():
        keep_note(meeting, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept for your own side."))
        return redirect(meeting)
    context = {"form": form, "meeting": face, "back": meeting.get_absolute_url()}
    status = 422 if form.errors else 200
    return render(request, "meetings/note.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def held(request, public_id):
    """Each side's word on whether they met; neither is a failure."""
    meeting, _onlooker = meeting_or_404(request, public_id)
    word = request.POST.get("word", "")
    if word not in ("yes", "no"):
        raise MoveNotAllowed
    say_took_place(meeting, by=request.user, yes=word == "yes")
    messages.success(request, _("Noted."))
    return redirect(meeting)


@login_required
@require_http_methods(_WRITE)
@once
def line(request, public_id):
    meeting, onlooker, face = _after_or_404(request, public_id)
    kept = SharedLine.objects.filter(meeting=meeting).first()
    form = LineForm(
        request.POST if request.method == "POST" else None,
        initial=LineForm.initial_of(kept, onlooker.own.pk),
    )
    if request.method == "POST" and form.is_valid():
        text = form.line(meeting.introduction, request.user)
        try:
            write_line(meeting, by=request.user, text=text)
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, _how_it_stands(onlooker, meeting))
            return redirect(meeting)
    context = {"form": form, "meeting": face, "back": meeting.get_absolute_url()}
    status = 422 if form.errors else 200
    return render(request, "meetings/line.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def confirm(request, public_id):
    meeting, onlooker = meeting_or_404(request, public_id)
    version = request.POST.get("version", "")
    if not version.isdecimal():
        raise MoveNotAllowed
    confirm_line(meeting, by=request.user, version=int(version[:9]))
    messages.success(request, _how_it_stands(onlooker, meeting))
    return redirect(meeting)


def _how_it_stands(onlooker, meeting):
    """Whoever wrote the line, or writes the words that stand, says yes to it."""
    if face_of(onlooker, meeting).outcome.line.stands:
        return _("Confirmed by both sides.")
    return _("Kept. It stands once the other side says yes.")
