"""The kinds of help one firm can bring to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.taxonomy.constants import STEP_CHOICES

from .named import Named, NamedQuerySet


class Capability(Named):
    """A kind of help one can bring or may need, at a step of the value chain."""

    slug = models.SlugField(_("code"), max_length=64, unique=True)
    step = models.CharField(
        _("step of the value chain"), max_length=20, choices=STEP_CHOICES
    )

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of help")
        verbose_name_plural = _("kinds of help")
        ordering = ["step", "slug"]
