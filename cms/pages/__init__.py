"""The editors' pages."""

from .editorial import DirectoryIntroPage, HomePage, StandardPage
from .stories import StoryIndexPage, StoryPage

__all__ = [
    "DirectoryIntroPage",
    "HomePage",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
]
