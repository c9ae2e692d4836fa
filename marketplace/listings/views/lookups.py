"""Whose listings a person may touch; foreign and missing ones answer alike."""

from django.shortcuts import get_object_or_404

from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import ACTING


def acting_organisations(user):
    return Organisation.objects.filter(
        memberships__user=user, memberships__role__in=ACTING
    ).order_by("alias")


def own_or_404(request, public_id):
    """A listing this person writes for, or 404."""
    listings = Listing.objects.filter(
        organisation__in=acting_organisations(request.user)
    )
    return get_object_or_404(
        listings.select_related("organisation"), public_id=public_id
    )
