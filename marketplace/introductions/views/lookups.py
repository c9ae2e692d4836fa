"""Finding an introduction that the reader is part of."""

from django.shortcuts import get_object_or_404

from marketplace.introductions.models import Introduction


def own_or_404(request, public_id):
    """One of the reader's introductions; foreign and missing answer alike."""
    rows = Introduction.objects.involving(request.user).with_parties()
    return get_object_or_404(rows, public_id=public_id)


def sent_or_404(request, public_id):
    """The same, but no draft: drafts are opened where they are written."""
    rows = Introduction.objects.involving(request.user).with_parties()
    sent = rows.exclude(status=Introduction.Status.DRAFT)
    return get_object_or_404(sent, public_id=public_id)
