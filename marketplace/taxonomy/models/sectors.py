"""The trades, by the international standard classification ISIC Rev. 4."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.taxonomy import isic

from .named import Named, NamedQuerySet


class SectorQuerySet(NamedQuerySet):
    def sections(self) -> Self:
        return self.filter(level=Sector.Level.SECTION)

    def named_like(self, text: str) -> Self:
        """Those with the words in a name, or whose code begins with what was typed."""
        text = text.strip()
        named = super().named_like(text)
        return named | self.filter(code__istartswith=text) if text else named

    def with_ancestors(self) -> "SectorQuerySet":
        """These sectors and all they stand under, up to the section."""
        codes = set(self.order_by().values_list("code", flat=True))
        above = {wider for code in codes for wider in isic.ancestors_of(code)}
        return Sector.objects.filter(code__in=codes | above)

    def within(self, code: str) -> Self:
        """The sector of this code and all that stand below it."""
        if code not in isic.DIVISIONS_OF_SECTION:
            return self.filter(code__startswith=code)
        divisions = [d for d, s in isic.SECTION_OF_DIVISION.items() if s == code]
        below = Q(code=code)
        for division in divisions:
            below |= Q(code__startswith=division)
        return self.filter(below)


class Sector(Named):
    """An ISIC Rev. 4 section, division, group or class."""

    class Level(models.TextChoices):
        SECTION = "section", _("section")
        DIVISION = "division", _("division")
        GROUP = "group", _("group")
        CLASS = "class", _("class")

    code = models.CharField(_("code"), max_length=4, unique=True)
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        to_field="code",
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("wider sector"),
    )

    objects = SectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["code"]

    @property
    def ancestor_codes(self) -> tuple[str, ...]:
        """The codes it stands under, nearest first; read off the code, no query."""
        return isic.ancestors_of(self.code)
