"""Local arrangements: written, agreed to, read, put into a calendar, left, renewed."""

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

from marketplace.exceptions import DomainError, MoveNotAllowed
from marketplace.files import file_for_reader
from marketplace.people.once import once
from marketplace.refusals import shows_refusals
from marketplace.ventures.actions import (
    agree_to_arrangement,
    edit_arrangement,
    leave_arrangement,
    propose_arrangement,
    say_kept,
)
from marketplace.ventures.arrangement_faces import arrangement_face
from marketplace.ventures.calendar_file import file_of_arrangement
from marketplace.ventures.forms import ArrangementForm
from marketplace.ventures.models import Arrangement, JointVenture
from marketplace.ventures.permissions import can_take_part

from .lookups import own_or_404, version_read


def _own_arrangement(request, public_id):
    rows = Arrangement.objects.of(request.user).select_related("venture", "renews")
    return get_object_or_404(rows, public_id=public_id)


def _face_of(request, row):
    return arrangement_face(row, request.user, row.venture)


@login_required
@require_safe
def detail(request, public_id):
    face = _face_of(request, row := _own_arrangement(request, public_id))
    context = {"arrangement": face, "back": row.venture.get_absolute_url()}
    return render(request, "ventures/arrangement.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def add(request, public_id):
    venture = own_or_404(request, public_id)
    initial = ArrangementForm.initial_for(request.user)
    return _write(
        request,
        venture,
        initial=initial,
        keep=lambda text: propose_arrangement(venture, by=request.user, text=text),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, public_id):
    row = _own_arrangement(request, public_id)
    if not _face_of(request, row).may_edit:
        raise Http404
    return _write(
        request,
        row.venture,
        initial=ArrangementForm.initial_of(row),
        keep=lambda text: edit_arrangement(row, by=request.user, text=text),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def renew(request, public_id):
    row = _own_arrangement(request, public_id)
    if not _face_of(request, row).may_renew:
        raise Http404
    return _write(
        request,
        row.venture,
        initial=ArrangementForm.initial_after(row),
        keep=lambda text: propose_arrangement(
            row.venture, by=request.user, text=text, renews=row
        ),
    )


def _write(request, venture, *, initial, keep):
    """The form of an arrangement; what was typed stays where it is refused."""
    if venture.status not in JointVenture.GOING_ON:
        raise Http404
    if not can_take_part(request.user, venture):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ArrangementForm(data, venture=venture, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep(form.arrangement())
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, _("Kept."))
            return redirect(kept)
    context = {"form": form, "back": venture.get_absolute_url()}
    status = 422 if form.errors else 200
    return render(request, "ventures/arrangement_form.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def agree(request, public_id):
    row = _own_arrangement(request, public_id)
    row = agree_to_arrangement(row, by=request.user, version=version_read(request))
    if row.agreed_at is None:
        messages.success(request, _("You have agreed. The others have been told."))
    else:
        messages.success(request, _("All partners have agreed to this arrangement."))
    return redirect(row)


@login_required
@require_POST
@shows_refusals
def kept(request, public_id):
    row = _own_arrangement(request, public_id)
    word = request.POST.get("word", "")
    if word not in ("kept", "not_kept"):
        raise MoveNotAllowed
    say_kept(row, by=request.user, kept=word == "kept")
    messages.success(request, _("Noted. Your partners have been told."))
    return redirect(row)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def leave(request, public_id):
    row = _own_arrangement(request, public_id)
    face = _face_of(request, row)
    if not face.may_leave:
        raise Http404
    if request.method == "POST":
        leave_arrangement(row, by=request.user)
        messages.success(request, _("The arrangement has ended. The others are told."))
        return redirect(row)
    return render(request, "ventures/arrangement_leave.html", {"arrangement": face})


@login_required
@require_safe
def calendar(request, public_id):
    """The file to those who may read it while it stands; the same 404 else."""
    row = _own_arrangement(request, public_id)
    if not _face_of(request, row).may_download:
        raise Http404
    data = file_of_arrangement(row, request.user)
    kind = "text/calendar; charset=utf-8"
    return file_for_reader(data, name="calendar.ics", kind=kind)
