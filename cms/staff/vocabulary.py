"""Staff screens for the shared vocabulary: sectors, kinds of help, districts, words."""

from django import forms
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.staff.lexicon_file import MAY_CHANGE, LexiconFileView, download
from marketplace.taxonomy.models import (
    Capability,
    Country,
    ExchangeRate,
    LexiconEntry,
    Place,
    Sector,
)

NAMES = MultiFieldPanel(
    [FieldPanel("name_en"), FieldPanel("name_he"), FieldPanel("name_ar")],
    heading=_("Name"),
)
NAME_COLUMNS = ["name_en", "name_he", "name_ar"]


class VocabularyViewSet(ModelViewSet):
    """Rows of the vocabulary: searched by any of their names, never copied."""

    icon = "tag"
    copy_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    add_to_reference_index = False


class SectorViewSet(VocabularyViewSet):
    model = Sector
    menu_order = 10
    list_display = ["code", *NAME_COLUMNS, "level"]
    list_filter = ["level"]
    search_fields = ["code", *NAME_COLUMNS]
    panels = [
        FieldPanel("code", read_only=True),
        FieldPanel("level", read_only=True),
        NAMES,
    ]


class CapabilityViewSet(VocabularyViewSet):
    model = Capability
    icon = "cogs"
    menu_order = 20
    list_display = ["slug", *NAME_COLUMNS, "step"]
    list_filter = ["step"]
    search_fields = ["slug", *NAME_COLUMNS]
    panels = [FieldPanel("slug"), FieldPanel("step"), NAMES]


class PlaceViewSet(VocabularyViewSet):
    model = Place
    icon = "site"
    menu_order = 30
    list_display = ["slug", *NAME_COLUMNS, "country"]
    list_filter = ["country"]
    search_fields = ["slug", *NAME_COLUMNS]
    panels = [
        FieldPanel("slug"),
        NAMES,
        FieldPanel("country"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]


class CountryViewSet(VocabularyViewSet):
    model = Country
    icon = "globe"
    menu_order = 40
    list_display = ["code", *NAME_COLUMNS, "dial_code"]
    search_fields = ["code", *NAME_COLUMNS]
    panels = [FieldPanel("code"), NAMES, FieldPanel("dial_code")]


class LinesField(forms.Field):
    """A list of words, typed one a line."""

    widget = forms.Textarea(attrs={"rows": 6, "dir": "auto"})

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: object) -> list[str]:
        lines = (line.strip() for line in str(value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: object, data: object) -> bool:
        return (initial or []) != self.to_python(data)


class LexiconEntryForm(forms.ModelForm):
    """A concept and its words; at least one language has to know it."""

    words_en = LinesField(label=_("English words"), required=False)
    words_he = LinesField(label=_("Hebrew words"), required=False)
    words_ar = LinesField(label=_("Arabic words"), required=False)

    class Meta:
        model = LexiconEntry
        fields = [
            "concept",
            "words_en",
            "words_he",
            "words_ar",
            "sectors",
            "capabilities",
        ]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"words_{code}") for code in ("en", "he", "ar")):
            raise forms.ValidationError(_("Give at least one word."))
        return cleaned


def words_column(name: str, label: str | Promise) -> Column:
    """The words of one language, with dots between them."""
    return Column(
        name, label=label, accessor=lambda entry: " · ".join(getattr(entry, name))
    )


class LexiconIndexView(IndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if self.request.user.has_perms(MAY_CHANGE):
            url = reverse("lexiconentry:file")
            buttons.append(Button(_("As a file"), url=url, icon_name="download"))
        return buttons


class LexiconViewSet(VocabularyViewSet):
    model = LexiconEntry
    index_view_class = LexiconIndexView
    icon = "openquote"
    menu_label = _("Trade words")
    menu_order = 50
    list_display = [
        "concept",
        words_column("words_en", _("English words")),
        words_column("words_he", _("Hebrew words")),
        words_column("words_ar", _("Arabic words")),
    ]
    search_fields = ["concept"]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return LexiconEntryForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("file/", LexiconFileView.as_view(), name="file"),
            path("file/download/", download, name="download"),
        ]


class ExchangeRateViewSet(VocabularyViewSet):
    model = ExchangeRate
    icon = "calendar"
    menu_order = 60
    list_display = ["currency", "per_usd", "on"]
    list_filter = ["currency"]
    panels = [FieldPanel("currency"), FieldPanel("per_usd"), FieldPanel("on")]


class VocabularyGroup(ViewSetGroup):
    """One entry of the menu for all of the vocabulary."""

    menu_label = _("Vocabulary")
    menu_icon = "tag"
    menu_order = 320
    items = (
        SectorViewSet,
        CapabilityViewSet,
        PlaceViewSet,
        CountryViewSet,
        LexiconViewSet,
        ExchangeRateViewSet,
    )
