"""What owners type about a listing, and what readers report; validated, never saved."""

from .listing import ListingForm
from .small import PhotoForm, ReportForm

__all__ = ["ListingForm", "PhotoForm", "ReportForm"]
