"""What the project brings along, staff may change, and readers see by name."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def reader_language() -> str:
    """The language names are shown in: the active one, or English."""
    language = (get_language() or "en")[:2]
    return language if language in ("en", "he", "ar") else "en"


class Loaded(models.Model):
    """A row the project brings along and staff may change.

    `loaded` keeps each value as the loader last wrote it. A value that differs from
    it was changed by staff, and stays theirs when the vocabulary is loaded again.
    """

    loaded = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True


class NamedQuerySet(models.QuerySet):
    """What has a name in each of the three languages."""

    def named_like(self, text: str) -> Self:
        """Those with the words in a name, whichever language they were typed in."""
        found = Q()
        for language in ("en", "he", "ar"):
            found |= Q(**{f"name_{language}__icontains": text.strip()})
        return self.filter(found)

    def by_name(self) -> Self:
        """In the alphabet of the reader's language."""
        return self.order_by(f"name_{reader_language()}")


class Named(Loaded):
    """Something with a name in each of the three languages."""

    name_en = models.CharField(_("English name"), max_length=160)
    name_he = models.CharField(_("Hebrew name"), max_length=160)
    name_ar = models.CharField(_("Arabic name"), max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_in(reader_language())

    def name_in(self, language: str) -> str:
        """The name in `en`, `he` or `ar`."""
        return str(getattr(self, f"name_{language}"))
