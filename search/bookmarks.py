"""Listings a member puts aside, for nobody else to know."""

from django.db import transaction

from marketplace.listings.models import Listing
from marketplace.people.models import User

from .models import SavedListing


@transaction.atomic
def keep_aside(listing: Listing, *, by: User, is_saved: bool) -> None:
    """Put a listing aside, or back; safe to repeat."""
    if is_saved:
        SavedListing.objects.get_or_create(user=by, listing=listing)
    else:
        SavedListing.objects.filter(user=by, listing=listing).delete()
