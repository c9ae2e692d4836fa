"""Listings a member puts aside, for nobody else to know."""

from django.db import transaction

from marketplace.listings.models import Listing
from marketplace.people.models import User

from .models import SavedListing


@transaction.atomic
def toggle_saved(listing: Listing, *, by: User) -> bool:
    """Put a listing aside, or back; True where it is aside afterwards."""
    row, created = SavedListing.objects.get_or_create(user=by, listing=listing)
    if not created:
        row.delete()
    return created
