"""The site's own models: editors' images and pages."""

from .images import EditorImage, EditorRendition
from .pages import (
    DirectoryIntroPage,
    HomePage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)

__all__ = [
    "DirectoryIntroPage",
    "EditorImage",
    "EditorRendition",
    "HomePage",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
]
