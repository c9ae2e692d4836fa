"""Lessons from ventures that are over: into three languages, published or left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.staff.act_forms import ActFormView
from cms.staff.acting import Act, ActingViewSet
from marketplace.people.models import User
from marketplace.plain_text import PlainTextField
from marketplace.ventures.actions import leave_out_lesson, publish_lesson
from marketplace.ventures.models import Lesson
from marketplace.ventures.permissions import can_publish_lessons


def _text(label: Any, language: str) -> PlainTextField:
    direction = "ltr" if language == "en" else "rtl"
    attrs = {"rows": 3, "dir": direction, "lang": language}
    return PlainTextField(
        label=label, max_length=500, widget=forms.Textarea(attrs=attrs)
    )


class LessonForm(forms.Form):
    """The same lesson in three languages."""

    text_en = _text(_("in English"), "en")
    text_he = _text(_("in Hebrew"), "he")
    text_ar = _text(_("in Arabic"), "ar")


class PublishView(ActFormView):
    """The partners' words, and what staff make of them."""

    page_title = _("Publish the lesson")
    form_class = LessonForm
    explanation = _(
        "Everybody reads it. Take out names, places and numbers that lead to somebody. "
        "Once it is published, the lesson no longer points to its venture."
    )
    button = _("Publish it")
    success = _("Published in three languages.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in LessonForm.base_fields}

    def act_on(self, thing: Any, **words: Any) -> object:
        by = words.pop("by")
        texts = {name.removeprefix("text_"): text for name, text in words.items()}
        return publish_lesson(thing, by=by, texts=texts)


def may_publish(user: User, lesson: Lesson) -> bool:
    return lesson.is_open and can_publish_lessons(user)


class LessonViewSet(ActingViewSet):
    """What partners leave for others when they close a venture."""

    model = Lesson
    icon = "doc-full"
    menu_order = 56
    ordering = "-pk"
    list_filter = ["ending", "written_in"]
    list_display = ["__str__", "ending", "written_in", "published_on", "left_out_on"]
    inspect_view_fields = [
        "ending",
        "written_in",
        "text_en",
        "text_he",
        "text_ar",
        "published_on",
        "left_out_on",
    ]
    acts = (
        Act("publish", _("Publish the lesson"), can=may_publish, view=PublishView),
        Act("leave_out", _("Leave it out"), do=leave_out_lesson, can=may_publish),
    )
