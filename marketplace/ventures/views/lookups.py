"""What a page is about, or the one 404 for foreign and missing alike."""

from django.shortcuts import get_object_or_404

from marketplace.ventures.models import JointVenture


def own_or_404(request, public_id):
    rows = JointVenture.objects.involving(request.user)
    return get_object_or_404(rows, public_id=public_id)
