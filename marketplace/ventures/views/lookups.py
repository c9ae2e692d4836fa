"""What a page is about, or the one 404 for foreign and missing; which text was read."""

from django.shortcuts import get_object_or_404

from marketplace.exceptions import MoveNotAllowed
from marketplace.ventures.models import JointVenture


def own_or_404(request, public_id):
    rows = JointVenture.objects.involving(request.user)
    return get_object_or_404(rows, public_id=public_id)


def version_read(request):
    """The version that stood on the page; what is no number is none that stands."""
    try:
        return int(request.POST.get("version", ""))
    except ValueError:  # also thrown for numbers too long to be read
        raise MoveNotAllowed from None
