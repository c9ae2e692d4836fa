"""Finding a meeting that the reader may know of; foreign and missing answer alike."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from marketplace.introductions.models import Introduction
from marketplace.meetings.faces import meeting_faces
from marketplace.meetings.models import Meeting
from marketplace.meetings.permissions import can_read_meetings


def _open_to(request):
    """Standing introductions of this reader."""
    rows = Introduction.objects.involving(request.user)
    return rows.filter(status=Introduction.Status.ACCEPTED)


def introduction_or_404(request, public_id):
    rows = _open_to(request).with_parties()
    introduction = get_object_or_404(rows, public_id=public_id)
    if not can_read_meetings(request.user, introduction):
        raise Http404
    return introduction


def meeting_or_404(request, public_id):
    """A meeting, found in one step: a clock, too, finds foreign and missing alike."""
    rows = Meeting.objects.filter(introduction__in=_open_to(request))
    row = get_object_or_404(rows.select_related("introduction"), public_id=public_id)
    row.introduction = introduction_or_404(request, row.introduction.public_id)
    return row


def face_of(request, meeting):
    rows = Meeting.objects.filter(pk=meeting.pk)
    (face,) = meeting_faces(meeting.introduction, request.user, rows=rows)
    return face
