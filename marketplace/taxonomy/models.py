"""The shared vocabulary: sectors, kinds of help, districts, countries, trade words."""

from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.money import CURRENCY_CHOICES


class Named(models.Model):
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
        """The name in the reader's language, in English where that one is unknown."""
        language = (get_language() or "en")[:2]
        return str(getattr(self, f"name_{language}", self.name_en))


class SectorQuerySet(models.QuerySet["Sector"]):
    def sections(self) -> Self:
        return self.filter(level=Sector.Level.SECTION)


class Sector(Named):
    """An ISIC Rev. 4 section, division, group or class."""

    class Level(models.TextChoices):
        SECTION = "section", _("section")
        DIVISION = "division", _("division")
        GROUP = "group", _("group")
        CLASS = "class", _("class")

    code = models.CharField(max_length=4, unique=True)
    level = models.CharField(max_length=8, choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    objects = SectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["code"]


class Capability(Named):
    """A kind of help one can bring or may need, at a step of the value chain."""

    slug = models.SlugField(max_length=64, unique=True)
    step = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("capability")
        verbose_name_plural = _("capabilities")
        ordering = ["step", "slug"]


class Country(Named):
    """A country or territory by its ISO 3166-1 code."""

    code = models.CharField(max_length=2, unique=True)
    dial_code = models.CharField(max_length=8, blank=True)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]


class Place(Named):
    """A district, by the names both sides use; a point, never a border."""

    slug = models.SlugField(max_length=64, unique=True)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="places"
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["slug"]


class LexiconEntry(models.Model):
    """One concept of the trades: its words in three languages, and the codes it means."""

    concept = models.SlugField(max_length=64, unique=True)
    words_en = models.JSONField(default=list, blank=True)
    words_he = models.JSONField(default=list, blank=True)
    words_ar = models.JSONField(default=list, blank=True)
    sectors = models.ManyToManyField(Sector, blank=True, related_name="+")
    capabilities = models.ManyToManyField(Capability, blank=True, related_name="+")

    class Meta:
        verbose_name = _("lexicon entry")
        verbose_name_plural = _("lexicon entries")
        ordering = ["concept"]

    def __str__(self) -> str:
        return self.concept


class ExchangeRate(models.Model):
    """A dated rate for comparing ranges in matching; never for charging or display."""

    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES)
    per_usd = models.DecimalField(max_digits=14, decimal_places=6)
    on = models.DateField()

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-on"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="one_rate_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on}"
