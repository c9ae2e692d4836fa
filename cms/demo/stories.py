"""The demonstration's practical texts, as pages in three languages."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from cms.menus import forget_menus
from cms.pages import StoryIndexPage, StoryPage
from cms.site_setup.texts import body_of

from .records import StoryRecord, read_stories


def seed_stories(records: Iterable[StoryRecord] | None = None) -> None:
    """One page a text and language, linked as translations; a week apart in age."""
    indexes = {
        index.locale.language_code: index
        for index in StoryIndexPage.objects.select_related("locale")
    }
    first: dict[str, StoryPage] = {}
    for record in read_stories() if records is None else records:
        index = indexes[record.language]
        page = StoryPage(
            slug=record.key,
            title=record.title,
            lead=record.summary,
            body=_body(record),
            told_on=timezone.localdate() - timedelta(weeks=len(first)),
            locale=index.locale,
        )
        original = first.setdefault(record.key, page)
        if original is not page:
            page.translation_key = original.translation_key
            page.told_on = original.told_on
        StoryIndexPage.objects.get(pk=index.pk).add_child(instance=page)
    forget_menus()


def _body(record: StoryRecord) -> str:
    pieces: list[list] = []
    for section in record.sections:
        pieces += [["h", section.heading], ["p", *section.paragraphs]]
    return body_of(f"story/{record.key}", pieces)
