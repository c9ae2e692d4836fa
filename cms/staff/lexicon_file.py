"""The lexicon as a file: taken away to a spreadsheet, and read back line by line."""

from io import StringIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.staff.exports import note_export
from marketplace.taxonomy.exchange import (
    BadLexicon,
    Imported,
    read_lexicon,
    write_lexicon,
)

LARGEST_FILE = 5_000_000
MOST_SHOWN = 50
MAY_CHANGE = ("taxonomy.add_lexiconentry", "taxonomy.change_lexiconentry")


def download(request: HttpRequest) -> HttpResponse:
    """Every concept with its words; with a mark by which spreadsheets know UTF-8."""
    _require(request)
    out = StringIO()
    note_export(request, form="tsv", rows=write_lexicon(out))
    response = HttpResponse(
        "\ufeff" + out.getvalue(), content_type="text/tab-separated-values"
    )
    response["Content-Disposition"] = 'attachment; filename="lexicon.tsv"'
    return response


class LexiconFileForm(forms.Form):
    """A file of concepts; a trial run reads it and changes nothing."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Tab-separated, UTF-8, with the columns of the download. "
            "Concepts it does not name stay as they are."
        ),
    )
    is_trial = forms.BooleanField(
        label=_("Only say what would change"), required=False, initial=True
    )

    def clean_file(self) -> list[str]:
        data = self.cleaned_data["file"]
        if data.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than five megabytes."))
        try:
            return str(data.read().decode("utf-8-sig")).splitlines()
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not UTF-8 text.")) from error


class LexiconFileView(WagtailAdminTemplateMixin, FormView):
    """Where staff take the file and bring it back; bad lines are named on the page."""

    template_name = "cms/staff/lexicon_file.html"
    page_title = _("Trade words as a file")
    header_icon = "openquote"
    form_class = LexiconFileForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        _require(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("lexiconentry:index"), "label": _("Trade words")},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: Any) -> HttpResponse:
        is_trial = form.cleaned_data["is_trial"]
        try:
            outcome = read_lexicon(form.cleaned_data["file"], is_dry=is_trial)
        except BadLexicon as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        if is_trial or outcome.bad:
            context = self.get_context_data(
                form=form, outcome=outcome, bad=outcome.bad[:MOST_SHOWN]
            )
            return self.render_to_response(context)
        messages.success(self.request, _said(outcome))
        return redirect("lexiconentry:index")


def _said(outcome: Imported) -> str:
    count = outcome.created + outcome.changed
    return ngettext(
        "%(count)d concept was written.", "%(count)d concepts were written.", count
    ) % {"count": count}


def _require(request: HttpRequest) -> None:
    if not request.user.has_perms(MAY_CHANGE):
        raise PermissionDenied
