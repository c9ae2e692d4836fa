"""Listings, what they bring and need, their pictures, reports and reviews."""

from .items import Brings, ListingItem, Needs
from .listing import Listing
from .photos import ListingPhoto
from .querysets import ListingQuerySet, Viewer, named
from .removals import Removal
from .reports import Report
from .review import (
    OTHER_SIDE,
    ListingReviewState,
    ListingReviewTask,
    RejectionForm,
    ReviewingSide,
    ReviewReason,
    last_rejection,
)

__all__ = [
    "OTHER_SIDE",
    "Brings",
    "Listing",
    "ListingItem",
    "ListingPhoto",
    "ListingQuerySet",
    "ListingReviewState",
    "ListingReviewTask",
    "Needs",
    "RejectionForm",
    "Removal",
    "Report",
    "ReviewReason",
    "ReviewingSide",
    "Viewer",
    "last_rejection",
    "named",
]
