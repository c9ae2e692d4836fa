"""Finding a meeting that the reader may know of; foreign and missing answer alike."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from marketplace.introductions.models import Introduction
from marketplace.introductions.onlookers import onlooker_of
from marketplace.meetings.faces import meeting_faces
from marketplace.meetings.models import Meeting
from marketplace.meetings.permissions import can_load_file, can_read_meetings


def _open_to(request):
    """Standing introductions of this reader."""
    rows = Introduction.objects.involving(request.user)
    return rows.filter(status=Introduction.Status.ACCEPTED)


def introduction_or_404(request, public_id):
    """The introduction, and who looks at it."""
    rows = _open_to(request).with_parties()
    introduction = get_object_or_404(rows, public_id=public_id)
    onlooker = onlooker_of(introduction, request.user)
    if not can_read_meetings(onlooker, introduction):
        raise Http404
    return introduction, onlooker


def meeting_or_404(request, public_id):
    """A meeting, and who looks at it.

    Found in one step: a clock, too, finds foreign and missing alike.
    """
    rows = Meeting.objects.filter(introduction__in=_open_to(request))
    row = get_object_or_404(rows.select_related("introduction"), public_id=public_id)
    introduction_id = row.introduction.public_id
    row.introduction, onlooker = introduction_or_404(request, introduction_id)
    return row, onlooker


def file_or_404(request, public_id):
    """A meeting of which this reader may load the file, also after the end; in one step."""
    own = Introduction.objects.involving(request.user)
    rows = Meeting.objects.filter(introduction__in=own)
    sides = ("introduction__asker", "introduction__asked")
    row = get_object_or_404(rows.select_related(*sides), public_id=public_id)
    if not can_load_file(request.user, row):
        raise Http404
    return row


def face_of(onlooker, meeting):
    rows = Meeting.objects.filter(pk=meeting.pk)
    (face,) = meeting_faces(meeting.introduction, onlooker, rows=rows)
    return face
