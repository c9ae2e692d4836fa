"""Finding an organisation that the reader acts for."""

from django.shortcuts import get_object_or_404

from marketplace.organisations.models import Organisation


def own_or_404(request, public_id, *roles):
    """An organisation this person acts for; foreign and missing answer alike."""
    own = Organisation.objects.filter(
        memberships__user=request.user, memberships__role__in=roles
    )
    return get_object_or_404(own, public_id=public_id)
