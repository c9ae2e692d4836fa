"""The site's own models: editors' images, and the pages (in `pages/`)."""

from .images import EditorImage, EditorRendition

__all__ = ["EditorImage", "EditorRendition"]
