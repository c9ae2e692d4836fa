"""Rows of finding and matching."""

from .index import Field, IndexChange, IndexedListing, IndexStatistics, TermFrequency

__all__ = [
    "Field",
    "IndexChange",
    "IndexStatistics",
    "IndexedListing",
    "TermFrequency",
]
