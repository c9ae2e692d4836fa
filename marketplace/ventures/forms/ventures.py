"""The text of a venture in one to three languages, and how it is divided."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.introductions.forms import PlainTextForm
from marketplace.money import CURRENCY_CHOICES
from marketplace.organisations.faces import face_of
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import LANGUAGE_CHOICES
from marketplace.plain_text import PlainTextField
from marketplace.ventures.actions import VentureText, Words
from marketplace.ventures.models import WHOLE, JointVenture

LABELS = {
    "en": (_("In English"), _("Title in English"), _("Purpose in English")),
    "he": (_("In Hebrew"), _("Title in Hebrew"), _("Purpose in Hebrew")),
    "ar": (_("In Arabic"), _("Title in Arabic"), _("Purpose in Arabic")),
}


@dataclass(frozen=True, slots=True)
class LanguagePart:
    """The fields of one language; open where something stands in them or is missing."""

    code: str
    label: str
    title: forms.BoundField
    purpose: forms.BoundField
    is_open: bool


class VentureForm(PlainTextForm):
    """Words, dates, currency and one share for each partner; shares add up to 100 %.

    The text stands in one language or in several, each whole; one of them governs.
    """

    governing_language = forms.ChoiceField(
        label=_("Language that governs"),
        help_text=_("Where the languages differ, this text counts."),
        choices=LANGUAGE_CHOICES,
    )
    starts_on = forms.DateField(
        label=_("Starts on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    fee_currency = forms.ChoiceField(
        label=_("Currency of the programme fee"),
        help_text=_("One currency for all partners; it is part of the signed text."),
        choices=CURRENCY_CHOICES,
        initial="USD",
    )

    def __init__(
        self,
        *args: Any,
        organisations: Iterable[Organisation],
        language: str = "en",
        **kwargs: Any,
    ) -> None:
        """`language` is the reader's: it comes first and governs unless chosen else."""
        super().__init__(*args, **kwargs)
        self.organisations = list(organisations)
        self.codes = sorted(LABELS, key=lambda code: code != language)
        self.initial.setdefault("governing_language", language)
        governing = self["governing_language"].value()
        for code in self.codes:
            title, purpose = _words(code, is_required=code == governing)
            self.fields |= {f"title_{code}": title, f"purpose_{code}": purpose}
        self.order_fields(
            f"{name}_{code}" for code in self.codes for name in ("title", "purpose")
        )
        for organisation in self.organisations:
            self.fields[self.share_field(organisation)] = _share(organisation)

    @staticmethod
    def share_field(organisation: Organisation) -> str:
        return f"share_{organisation.public_id.hex}"

    @property
    def parts(self) -> list[LanguagePart]:
        """The fields of each language, the reader's first."""
        return [
            LanguagePart(
                code=code,
                label=str(LABELS[code][0]),
                title=(title := self[f"title_{code}"]),
                purpose=(purpose := self[f"purpose_{code}"]),
                is_open=code == self.codes[0]
                or any(field.value() or field.errors for field in (title, purpose)),
            )
            for code in self.codes
        ]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that are no words of a language."""
        written = {
            field.name for part in self.parts for field in (part.title, part.purpose)
        }
        return [self[name] for name in self.fields if name not in written]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._look_at_languages(cleaned)
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The end cannot come before the start."))
        shares = [
            cleaned.get(self.share_field(organisation))
            for organisation in self.organisations
        ]
        if None not in shares and sum(filter(None, shares)) * 100 != WHOLE:
            last = self.share_field(self.organisations[-1])
            self.add_error(last, _("The shares have to add up to exactly 100%."))
        return cleaned

    def _look_at_languages(self, cleaned: dict[str, Any]) -> None:
        """A text that is begun in a language is whole; the governing one has to be."""
        for code in self.codes:
            names = (f"title_{code}", f"purpose_{code}")
            missing = [name for name in names if not cleaned.get(name)]
            if len(missing) == 1 and missing[0] not in self.errors:
                required = self.fields[missing[0]].error_messages["required"]
                self.add_error(missing[0], required)

    def text(self) -> VentureText:
        """What was typed, as the action takes it; call it on a valid form."""
        data = self.cleaned_data
        governing = data["governing_language"]
        return VentureText(
            title=data[f"title_{governing}"],
            purpose=data[f"purpose_{governing}"],
            governing_language=governing,
            beside={
                code: Words(data[f"title_{code}"], data[f"purpose_{code}"])
                for code in self.codes
                if code != governing and data[f"title_{code}"]
            },
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            fee_currency=data["fee_currency"],
            ownership={
                organisation: int(data[self.share_field(organisation)] * 100)
                for organisation in self.organisations
            },
        )

    @classmethod
    def initial_of(cls, venture: JointVenture) -> dict[str, object]:
        """What the form shows when the text of this venture is to be changed."""
        initial: dict[str, object] = {
            name: getattr(venture, name)
            for name in ("governing_language", "starts_on", "ends_on", "fee_currency")
        }
        written = {venture.governing_language: (venture.title, venture.purpose)}
        written |= {
            row.language: (row.title, row.purpose) for row in venture.wordings.all()
        }
        for code, (title, purpose) in written.items():
            initial |= {f"title_{code}": title, f"purpose_{code}": purpose}
        for party in venture.parties.select_related("organisation"):
            share = Decimal(party.ownership).scaleb(-2)
            initial[cls.share_field(party.organisation)] = share
        return initial


def _words(code: str, *, is_required: bool) -> tuple[forms.CharField, forms.CharField]:
    _language, title, purpose = LABELS[code]
    written = {"lang": code, "dir": "auto"}
    return (
        PlainTextField(
            label=title,
            required=is_required,
            max_length=120,
            widget=forms.TextInput(attrs=written),
        ),
        forms.CharField(
            label=purpose,
            help_text=_("What you build together, and what each partner contributes."),
            required=is_required,
            max_length=4000,
            widget=forms.Textarea(attrs=written | {"rows": 8}),
        ),
    )


def _share(organisation: Organisation) -> forms.DecimalField:
    name = face_of(organisation, Stage.ORGANISATION).name
    return forms.DecimalField(
        label=_("Share of %(name)s, in percent") % {"name": name},
        max_digits=5,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        widget=forms.NumberInput(
            attrs={"step": "0.01", "inputmode": "decimal", "dir": "ltr"}
        ),
    )
