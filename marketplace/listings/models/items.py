"""What a listing brings and what it needs, each a list of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from .listing import Listing


class ListingItem(models.Model):
    """One thing a listing brings or needs: a capability, own words, or both."""

    capability = models.ForeignKey(
        "taxonomy.Capability",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("capability"),
    )
    text = models.CharField(_("in your own words"), max_length=300, blank=True)
    quantity = models.CharField(_("quantity"), max_length=80, blank=True)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.text or str(self.capability)


class Brings(ListingItem):
    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="brings")

    class Meta(ListingItem.Meta):
        verbose_name = verbose_name_plural = _("what it brings")


class Needs(ListingItem):
    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="needs")

    class Meta(ListingItem.Meta):
        verbose_name = verbose_name_plural = _("what it needs")
