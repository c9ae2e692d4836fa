"""Tells wagtail-localize that the pages which stand are translations of each other.

Without it an editor who opens "translate this page" would begin with empty strings.
"""

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.pages.base import EditorialPage

from .tree import SOURCE, Translations


def link_translations(pages: list[Translations]) -> None:
    """One source a page, and its strings in each other language; once only."""
    for versions in pages:
        original = versions[SOURCE]
        if TranslationSource.objects.get_for_instance_or_none(original):
            continue
        source, _ = TranslationSource.update_or_create_from_instance(original)
        for code, version in versions.items():
            if code != SOURCE:
                _link(source, version)


def _link(source: TranslationSource, version: EditorialPage) -> None:
    locale: Locale = version.locale
    Translation.objects.get_or_create(source=source, target_locale=locale)
    said = {
        (value.path, value.order): value.string.data
        for value in extract_segments(type(version).objects.get(pk=version.pk))
        if isinstance(value, StringSegmentValue)
    }
    segments = source.stringsegment_set.select_related("context", "string")
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                data=said[segment.context.path, segment.order],
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            for segment in segments
            if (segment.context.path, segment.order) in said
        ],
        ignore_conflicts=True,
    )
