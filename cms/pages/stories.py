"""Stories of people who worked together, told with their consent."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .base import EditorialPage

STORIES_ON_A_PAGE = 24


class StoryIndexPage(EditorialPage):
    """All stories, the newest first."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StoryPage"]
    template = "cms/story_index_page.html"

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        stories = StoryPage.objects.child_of(self).live().order_by("-told_on")
        context["stories"] = stories[:STORIES_ON_A_PAGE]
        return context


class StoryPage(EditorialPage):
    """One story; `told_on` orders them."""

    told_on = models.DateField(_("told on"))

    content_panels = [*EditorialPage.content_panels, FieldPanel("told_on")]
    parent_page_types = ["cms.StoryIndexPage"]
    subpage_types: list[str] = []
    template = "cms/story_page.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
