"""Rows of finding and matching."""

from .index import Field, IndexChange, IndexedListing, IndexStatistics, TermFrequency
from .match import Match, MatchEvent, SavedListing

__all__ = [
    "Field",
    "IndexChange",
    "IndexStatistics",
    "IndexedListing",
    "Match",
    "MatchEvent",
    "SavedListing",
    "TermFrequency",
]
