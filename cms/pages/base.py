"""What all editorial pages share."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail_localize.fields import SynchronizedField

from cms.blocks import BodyBlock


class EditorialPage(Page):
    """A lead and a body; the address is the same word in every language."""

    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects: ClassVar[PageManager] = PageManager()

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    override_translatable_fields = [SynchronizedField("slug")]

    class Meta:
        abstract = True
