"""Trade words in three languages, and the codes they stand for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .capabilities import Capability
from .named import Loaded, reader_language
from .sectors import Sector


class LexiconEntry(Loaded):
    """One concept of the trades: its words in three languages, and the codes it means.

    Words are single words or phrases in their dictionary forms, plurals included;
    prefixes and endings are the analyser's business.
    """

    concept = models.SlugField(_("concept"), max_length=64, unique=True)
    words_en = models.JSONField(_("English words"), default=list, blank=True)
    words_he = models.JSONField(_("Hebrew words"), default=list, blank=True)
    words_ar = models.JSONField(_("Arabic words"), default=list, blank=True)
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="+", verbose_name=_("sectors")
    )
    capabilities = models.ManyToManyField(
        Capability, blank=True, related_name="+", verbose_name=_("kinds of help")
    )

    class Meta:
        verbose_name = _("lexicon entry")
        verbose_name_plural = _("lexicon entries")
        ordering = ["concept"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its first word in the reader's language."""
        words = getattr(self, f"words_{reader_language()}")
        return str(words[0]) if words else self.concept
