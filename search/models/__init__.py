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
from .match import Match, MatchEvent, SavedListing
from .weights import MatchWeights

__all__ = [
    "EngineCheck",
    "Field",
    "IndexChange",
    "IndexStatistics",
    "IndexedListing",
    "MandateKey",
    "MandateLetter",
    "MandateMatch",
    "MandateScan",
    "MandateTelling",
    "Match",
    "MatchEvent",
    "MatchWeights",
    "PublishedRevision",
    "SavedListing",
    "TermFrequency",
]
