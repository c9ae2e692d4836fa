"""Countries, and the districts people name when they say where they are."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.taxonomy.distance import DistanceBand, band_of, kilometres_between

from .named import Named, NamedQuerySet


class Country(Named):
    """A country or territory by its ISO 3166-1 code."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    dial_code = models.CharField(_("dialling code"), max_length=8, blank=True)

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]


class PlaceQuerySet(NamedQuerySet):
    def listed_under(self, country_code: str) -> Self:
        """The districts a country's list shows, those without a country included."""
        return self.filter(Q(country=country_code) | Q(country=None))


class Place(Named):
    """A district, by the names both sides use; a point, never a border.

    A district both sides list has no country.
    """

    slug = models.SlugField(_("code"), max_length=64, unique=True)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        to_field="code",
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("country"),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["slug"]

    def distance_band(self, other: "Place") -> DistanceBand | None:
        """How far the other district lies; None where a centre is not known."""
        if self.slug == other.slug:
            return DistanceBand.SAME
        here, there = self.centre, other.centre
        if here is None or there is None:
            return None
        return band_of(kilometres_between(*here, *there))

    @property
    def centre(self) -> tuple[float, float] | None:
        """Degrees north and east; None where they are not known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


def districts_around(
    slugs: Collection[str], bands: Collection[DistanceBand]
) -> list[str]:
    """Codes of these districts and of those as near to one of them; one query."""
    places = list(Place.objects.only("slug", "latitude", "longitude"))
    centres = [place for place in places if place.slug in slugs]
    return [
        place.slug
        for place in places
        if place.slug in slugs
        or any(centre.distance_band(place) in bands for centre in centres)
    ]
