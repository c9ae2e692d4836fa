"""Rows of finding and matching."""

from .index import (
    EngineCheck,
    Field,
    IndexChange,
    IndexedListing,
    IndexStatistics,
    TermFrequency,
)
from .match import Match, MatchEvent, SavedListing

__all__ = [
    "EngineCheck",
    "Field",
    "IndexChange",
    "IndexStatistics",
    "IndexedListing",
    "Match",
    "MatchEvent",
    "SavedListing",
    "TermFrequency",
]
