"""Times proposed, picked, taken back; a meeting called off or put into a calendar."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.exceptions import DomainError, MoveNotAllowed
from marketplace.files import file_for_reader
from marketplace.introductions.permissions import can_schedule
from marketplace.meetings.actions import (
    cancel_meeting,
    decline_times,
    pick_time,
    propose_times,
    withdraw_times,
)
from marketplace.meetings.calendar_file import file_of_meeting
from marketplace.meetings.faces import meeting_faces
from marketplace.meetings.forms import ADD_ROW, SLOTS, TimesForm
from marketplace.meetings.models import Meeting
from marketplace.notices.actions import mark_read_about
from marketplace.people.clocks import place_of
from marketplace.people.once import once
from marketplace.refusals import shows_refusals

from .lookups import face_of, file_or_404, introduction_or_404, meeting_or_404

SHOWN = 20  # the latest; what a side takes out holds them all


@login_required
@require_safe
def detail(request, public_id):
    """All meetings of one introduction: what waits, what is agreed, what came of it."""
    introduction, onlooker = introduction_or_404(request, public_id)
    faces = meeting_faces(introduction, onlooker, limit=SHOWN)
    current = next((each for each in faces if each.is_going_on), None)
    may_schedule = can_schedule(onlooker, introduction)
    context = {
        "introduction_id": introduction.public_id,
        "back": introduction.get_absolute_url(),
        "current": current,
        # Times to move what is over already, before the sweep makes another meeting.
        "waiting": next((each for each in faces if _still_waits(each)), None),
        "past": [each for each in faces if each is not current],
        "may_propose": may_schedule,
    }
    if request.method == "GET":
        rows = Meeting.objects.filter(introduction=introduction)
        mark_read_about(*rows, by=request.user)
    return render(request, "meetings/detail.html", context)


def _still_waits(face):
    return face.proposal is not None and not face.proposal.is_late


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def propose(request, public_id):
    introduction, onlooker = introduction_or_404(request, public_id)
    if not can_schedule(onlooker, introduction):
        raise Http404
    form = TimesForm(
        request.POST if request.method == "POST" else None,
        by=request.user,
        is_own=onlooker.speaks(introduction, onlooker.own),
    )
    if ADD_ROW in request.POST:
        form.shown_again()
    elif request.method == "POST" and form.is_valid():
        try:
            meeting = propose_times(introduction, by=request.user, times=form.times())
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, _("Your times are on their way."))
            return redirect(meeting)
    faces = meeting_faces(introduction, onlooker, limit=1)
    context = {
        "form": form,
        "slots": [form[name] for name in SLOTS[: form.rows]],
        "add_row": ADD_ROW,
        "others": [form[name] for name in ("minutes", "way", "place", "note")],
        "current": next((each for each in faces if each.is_going_on), None),
        "city": place_of(request.user.time_zone),
        "introduction_id": introduction.public_id,
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/propose.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def pick(request, public_id):
    meeting, _onlooker = meeting_or_404(request, public_id)
    try:
        slot = UUID(request.POST.get("slot", ""))
    except ValueError:
        raise MoveNotAllowed from None
    meeting = pick_time(meeting, by=request.user, slot=slot)
    messages.success(request, _("Agreed. The other side has been told."))
    return redirect(meeting)


@login_required
@require_POST
@shows_refusals
def decline(request, public_id):
    meeting, _onlooker = meeting_or_404(request, public_id)
    decline_times(meeting, by=request.user)
    messages.success(request, _("The other side has been told that none suits."))
    return redirect(meeting)


@login_required
@require_POST
@shows_refusals
def withdraw(request, public_id):
    meeting, _onlooker = meeting_or_404(request, public_id)
    withdraw_times(meeting, by=request.user)
    messages.success(request, _("Your times are taken back."))
    return redirect(meeting)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def cancel(request, public_id):
    meeting, onlooker = meeting_or_404(request, public_id)
    face = face_of(onlooker, meeting)
    if not face.may_cancel:
        raise Http404
    if request.method == "POST":
        cancel_meeting(meeting, by=request.user)
        messages.success(request, _("Cancelled. The other side has been told."))
        return redirect(meeting)
    context = {"meeting": face, "back": meeting.get_absolute_url()}
    return render(request, "meetings/cancel.html", context)


@login_required
@require_safe
def calendar(request, public_id):
    """The file to a reader of either side while it stands or to take it out again."""
    meeting = file_or_404(request, public_id)
    with_place = request.GET.get("place") == "1"
    data = file_of_meeting(meeting, request.user, with_place=with_place)
    kind = "text/calendar; charset=utf-8"
    return file_for_reader(data, name="calendar.ics", kind=kind)
