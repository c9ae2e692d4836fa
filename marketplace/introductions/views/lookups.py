"""Finding an introduction that the reader is part of."""

from django.shortcuts import get_object_or_404

from marketplace.introductions.models import Attachment, Introduction
from marketplace.organisations.models import Organisation


def own_or_404(request, public_id):
    """One of the reader's introductions; foreign and missing answer alike."""
    rows = Introduction.objects.involving(request.user).with_parties()
    return get_object_or_404(rows, public_id=public_id)


def draft_to_write_or_404(request, public_id):
    """A client's draft in which the reader may write: as its list shows them."""
    rows = Introduction.objects.written_for_by(request.user).with_parties()
    return get_object_or_404(rows, public_id=public_id)


def sent_or_404(request, public_id):
    """The same, but no draft: drafts are opened where they are written."""
    return get_object_or_404(_sent(request).with_parties(), public_id=public_id)


def to_report_or_404(request, public_id):
    """The same, and what the reader's own side has left: who blocks may report, too."""
    own = Organisation.objects.of(request.user)
    rows = _sent(request) | Introduction.objects.filter(left_by__in=own)
    return get_object_or_404(rows.with_parties(), public_id=public_id)


def attachment_or_404(request, public_id):
    """A file in one of these, found in one step: a clock, too, finds foreign and missing alike."""
    files = Attachment.objects.filter(message__introduction__in=_sent(request))
    found = get_object_or_404(
        files.select_related("message__introduction"), public_id=public_id
    )
    introduction = sent_or_404(request, found.message.introduction.public_id)
    return found, introduction


def _sent(request):
    rows = Introduction.objects.involving(request.user)
    return rows.exclude(status=Introduction.Status.DRAFT)
