"""Home, plain pages, and the page that leads into the directory of listings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .base import EditorialPage


class HomePage(EditorialPage):
    """The first page of a language: what this is, and a search."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.StandardPage", "cms.StoryIndexPage", "cms.DirectoryIntroPage"]
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(EditorialPage):
    """A page of text."""

    in_footer = models.BooleanField(_("link at the foot of every page"), default=False)

    promote_panels = [*EditorialPage.promote_panels, FieldPanel("in_footer")]
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    template = "cms/standard_page.html"

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")


class DirectoryIntroPage(EditorialPage):
    """Leads into the directory: what kinds of listing there are, and by theme."""

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    template = "cms/directory_intro_page.html"

    class Meta:
        verbose_name = _("introduction to the directory")
        verbose_name_plural = _("introductions to the directory")
