"""Pairs that staff suggest: written with a reason, ended, and measured apart."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.generic import IndexView

from cms.staff.acting import Act, ActingViewSet
from cms.staff.single_screen import SingleScreen, SingleScreenViewSet
from marketplace.exceptions import DomainError
from marketplace.listings.models import Listing
from marketplace.plain_text import PlainTextField
from search.curating import effects, end_suggestion, may_end, suggest_match
from search.models import CuratedMatch

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)


class ListingAddressField(forms.CharField):
    """The address of a listing's page, or its identifier alone."""

    def clean(self, value: Any) -> Any:
        found = _ID.search(super().clean(value) or "")
        listing = (
            Listing.objects.live()
            .select_related("organisation")
            .filter(public_id=UUID(found.group()))
            .first()
            if found
            else None
        )
        if listing is None:
            raise ValidationError(_("No public listing has this address."))
        return listing


def _why(label: Any, language: str) -> PlainTextField:
    direction = "ltr" if language == "en" else "rtl"
    attrs = {"rows": 2, "dir": direction, "lang": language}
    return PlainTextField(
        label=label, max_length=300, widget=forms.Textarea(attrs=attrs)
    )


class SuggestForm(forms.Form):
    """Two listings, and why they belong together, for readers of three languages."""

    one = ListingAddressField(label=_("Address of one listing"), max_length=300)
    other = ListingAddressField(label=_("Address of the other"), max_length=300)
    why_en = _why(_("Why, in English"), "en")
    why_he = _why(_("Why, in Hebrew"), "he")
    why_ar = _why(_("Why, in Arabic"), "ar")


class SuggestView(SingleScreen, FormView):
    permission = "listings.publish_listing"
    template_name = "cms/staff/act_form.html"
    page_title = _("Suggest a match")
    header_icon = "link"
    form_class = SuggestForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        explanation = _(
            "Each owner finds the other listing at the top of their matches, with your reason. "
            "They read it without knowing each other: name nobody, and write nothing that "
            "only one of them knows."
        )
        return super().get_context_data(
            explanation=explanation, button=_("Suggest it"), **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        words = form.cleaned_data
        why = {code: words[f"why_{code}"] for code in ("en", "he", "ar")}
        try:
            made = suggest_match(
                words["one"], words["other"], by=self.request.user, why=why
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal.user_message))
            return self.form_invalid(form)
        # Said of every pair, so that it tells of none.
        told = _("Suggested. Both find it, unless one does not want to meet the other.")
        messages.success(self.request, told)
        return redirect(reverse("curatedmatch:inspect", args=[made.pk]))


class SuggestViewSet(SingleScreenViewSet):
    screen = SuggestView
    name = "suggest_match"
    icon = "plus"
    menu_label = _("Suggest a match")
    menu_order = 64


class CuratedIndexView(IndexView):
    """The list, and above it what came of suggested pairs beside computed ones."""

    template_name = "cms/staff/curated.html"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, effects=effects(), **kwargs)


class CuratedMatchViewSet(ActingViewSet):
    model = CuratedMatch
    icon = "link"
    menu_label = _("Suggested matches")
    menu_order = 63
    index_view_class = CuratedIndexView
    ordering = "-made_at"
    list_display = [
        "first",
        "second",
        DateColumn("made_at", label=_("Suggested on")),
        DateColumn("ended_at", label=_("Ended on")),
    ]
    inspect_view_fields = [
        "first",
        "second",
        "why_en",
        "why_he",
        "why_ar",
        "made_by",
        "made_at",
        "ended_at",
    ]
    acts = (Act("end", _("End the suggestion"), can=may_end, do=end_suggestion),)
