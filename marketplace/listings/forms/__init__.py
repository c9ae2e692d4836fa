"""What owners type about a listing, and what readers report; validated, never saved."""

from .listing import ListingForm
from .small import AppealForm, PhotoForm, ReportForm

__all__ = ["AppealForm", "ListingForm", "PhotoForm", "ReportForm"]
