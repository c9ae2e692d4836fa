"""Rows of finding and matching."""

from .index import (
    EngineCheck,
    Field,
    IndexChange,
    IndexedListing,
    IndexStatistics,
    TermFrequency,
)
from .mandates import (
    MandateKey,
    MandateLetter,
    MandateMatch,
    MandateScan,
    MandateTelling,
    PublishedRevision,
)
from .match import ListingExposure, Match, MatchEvent, MatchRun, SavedListing
from .searches import SavedSearch, SearchTelling
from .weights import MatchWeights

__all__ = [
    "EngineCheck",
    "Field",
    "IndexChange",
    "IndexStatistics",
    "IndexedListing",
    "ListingExposure",
    "MandateKey",
    "MandateLetter",
    "MandateMatch",
    "MandateScan",
    "MandateTelling",
    "Match",
    "MatchEvent",
    "MatchRun",
    "MatchWeights",
    "PublishedRevision",
    "SavedListing",
    "SavedSearch",
    "SearchTelling",
    "TermFrequency",
]
