"""Lessons: staff put them into three languages and publish them, or leave them out."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError, MoveNotAllowed
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.ventures.giveaways import names_in_lesson
from marketplace.ventures.models import Lesson
from marketplace.ventures.permissions import can_publish_lessons


@transaction.atomic
def publish_lesson(lesson: Lesson, *, by: User, texts: Mapping[str, str]) -> Lesson:
    """A lesson enters the library; what led to its writers is cut.

    `texts` by language code, all three. Raises `DomainError` where one is missing or
    still names somebody.
    """
    lesson = _open(lesson, by)
    if not all(texts.get(language) for language in ("en", "he", "ar")):
        raise DomainError(_("A lesson is published in three languages."))
    venture = lesson.note.venture if lesson.note else None
    if any(names_in_lesson(text, venture) for text in texts.values()):
        raise DomainError(_("A text still names somebody. Please say it otherwise."))
    for language, text in texts.items():
        setattr(lesson, f"text_{language}", text)
    lesson.published_on, lesson.note = timezone.localdate(), None
    lesson.save()
    log(lesson, "ventures.publish_lesson", user=by)
    return lesson


@transaction.atomic
def leave_out_lesson(lesson: Lesson, *, by: User) -> Lesson:
    """What does not fit the library, or could be recognised, is never published."""
    lesson = _open(lesson, by)
    lesson.left_out_on, lesson.note = timezone.localdate(), None
    lesson.save(update_fields=["left_out_on", "note"])
    log(lesson, "ventures.leave_out_lesson", user=by)
    return lesson


def _open(lesson: Lesson, by: User) -> Lesson:
    require(can_publish_lessons(by))
    lesson = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if not lesson.is_open:
        raise MoveNotAllowed
    return lesson
