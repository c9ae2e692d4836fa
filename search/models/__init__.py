"""Rows of finding and matching."""

from .curated import CuratedMatch, partners_of
from .demand import FollowUp, UnmetSearch
from .index import (
    EngineCheck,
    Field,
    IndexChange,
    IndexedListing,
    IndexedWord,
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
    "CuratedMatch",
    "EngineCheck",
    "Field",
    "FollowUp",
    "IndexChange",
    "IndexStatistics",
    "IndexedListing",
    "IndexedWord",
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
    "UnmetSearch",
    "partners_of",
]
