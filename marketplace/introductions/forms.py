"""What the two sides write when they ask, answer and talk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.attachments import ACCEPTED, CleanFile, clean_attachment
from marketplace.contact_details import Giveaway, contacts_given_away
from marketplace.exceptions import DomainError
from marketplace.facilitation.models import Act, Delegation, Facilitator
from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.plain_text import PlainTextField, clean_plain_text

from .models import Concern, Introduction

LOOKED = "looked"
_GIVES_AWAY = _("Some words may show who you are or how to reach you.")
OF_DRAFTS = (Act.DRAFT, Act.SOFTEN)
SENTENCES = ("i_bring", "i_need", "why_you", "first_step", "constraints")


class PlainTextForm(forms.Form):
    """Texts of people: no control characters, no endless words, no contact by slip.

    A form whose words hold contact details comes back once with `giveaways`; sent
    again with `looked` it passes, for the writer decides.
    """

    giveaways: tuple[Giveaway, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(self.fields[name].widget, forms.Textarea):
                try:
                    cleaned[name] = clean_plain_text(value)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        if LOOKED not in self.data:
            self._look_at(cleaned)
        return cleaned

    def _look_at(self, cleaned: dict[str, Any]) -> None:
        texts = [text for text in cleaned.values() if isinstance(text, str)]
        found = [each for text in texts for each in contacts_given_away(text)]
        self.giveaways = tuple(dict.fromkeys(found))
        if self.giveaways:
            self.add_error(None, forms.ValidationError(_GIVES_AWAY, code="giveaways"))


def _text(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class SentencesForm(PlainTextForm):
    """The five sentences that open an introduction."""

    i_bring = _text(_("What I bring"), _("What you can put into working together."))
    i_need = _text(_("What I need"), _("What you hope the other side adds."))
    why_you = _text(_("Why you"), _("What in this listing caught your eye."))
    first_step = _text(
        _("A first small step"), _("Something either side can do within a month.")
    )
    constraints = _text(
        _("What limits us"),
        _("Dates, permits, quantities, anything the other side should know early."),
        required=False,
    )


class DraftForm(SentencesForm):
    """The five sentences by a facilitator, who may leave some to its client."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SENTENCES:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in SENTENCES) and not self.errors:
            self.add_error(SENTENCES[0], _("Write at least one of the sentences."))
        return cleaned


class AskForm(SentencesForm):
    """The five sentences, and for whom they are written."""

    asker = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("On behalf of"),
        empty_label=None,
    )
    own_listing = forms.ModelChoiceField(
        queryset=Listing.objects.none(),
        label=_("Which of your listings is it about?"),
        required=False,
        empty_label=_("none of them"),
    )
    field_order = ("asker", "own_listing")

    def __init__(
        self, *args: Any, organisations: Any, listings: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asker, own_listing = self.fields["asker"], self.fields["own_listing"]
        asker.queryset, own_listing.queryset = organisations, listings  # type: ignore[attr-defined]
        if len(organisations) == 1:
            self.fields["asker"].initial = organisations[0]
            self.fields["asker"].widget = forms.HiddenInput()

    def draft(self) -> dict[str, Any]:
        """What a draft keeps: the sentences as far as they are written."""
        self.full_clean()
        whole = {name: self.cleaned_data.get(name) or "" for name in SENTENCES}
        return whole | {
            "asker": self.cleaned_data.get("asker"),
            "own_listing": self.cleaned_data.get("own_listing"),
        }

    @staticmethod
    def initial_of(draft: Introduction | None) -> dict[str, Any]:
        if draft is None:
            return {}
        words = {name: getattr(draft, name) for name in SENTENCES}
        return words | {"asker": draft.asker_id, "own_listing": draft.own_listing_id}


class DeclineForm(PlainTextForm):
    because = forms.ChoiceField(
        label=_("Reason"),
        choices=Introduction.Reason.choices,
        widget=forms.RadioSelect,
    )
    pause = forms.BooleanField(
        label=_("Take no new requests here for now"),
        required=False,
    )
    note = forms.CharField(
        label=_("A word to the other side"),
        help_text=_("They read this together with the reason."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class QuestionForm(PlainTextForm):
    text = forms.CharField(
        label=_("Your one question"),
        help_text=_("About the work, not about who they are. You stay unnamed."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class ReplyForm(PlainTextForm):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class ContextForm(PlainTextForm):
    text = forms.CharField(
        label=_("A line of context"),
        help_text=_(
            "Both sides read it, with your alias. Add nothing that names them."
        ),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class MandateForm(forms.Form):
    """One facilitator of one's own side, and what it may do here."""

    facilitator = forms.ModelChoiceField(
        Facilitator.objects.none(),
        label=_("Facilitator"),
        help_text=_("Each side chooses one of its own; those with room are listed."),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    acts = forms.MultipleChoiceField(
        label=_("May do for you"),
        help_text=_(
            "Never agree to a step, write in your messages, sign or pay. You read each "
            "act, and you can take the mandate back at once."
        ),
        choices=Act.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        about: Any,
        draft: Introduction | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        is_draft = draft is not None
        acts = [act for act in Act.choices if (act[0] in OF_DRAFTS) == is_draft]
        self.fields["acts"].choices = acts  # type: ignore[attr-defined]
        if draft is not None:
            is_written = any(getattr(draft, name) for name in SENTENCES)
            self.initial["acts"] = [Act.SOFTEN if is_written else Act.DRAFT]
        of_side = Facilitator.objects.of_side(organisation.side)
        ours = Delegation.objects.live().filter(about=about).values("facilitator")
        own = organisation.memberships.values("user")
        offered = of_side.with_room(or_among=ours).exclude(user__in=own)
        self.fields["facilitator"].queryset = offered


class ReportForm(forms.Form):
    """What is wrong in a thread; a report needs no look at its own words."""

    because = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Concern.Reason.choices,
        widget=forms.RadioSelect,
    )
    note = PlainTextField(
        label=_("Anything else, in your own language"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class MessageForm(PlainTextForm):
    """Words, a file or both; `cleaned_data["file"]` is a `CleanFile` or None."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("A picture or a PDF"),
        help_text=_(
            "Up to 8 MB. Where and with what it was made is taken out; what its pages "
            "show stays."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_file(self) -> CleanFile | None:
        upload = self.cleaned_data["file"]
        if not upload:
            return None
        try:
            return clean_attachment(upload, upload.name)
        except DomainError as refusal:
            raise forms.ValidationError(refusal.user_message) from refusal

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("text") or cleaned.get("file") or self.errors):
            self.add_error("text", self.fields["text"].error_messages["required"])
        if self.errors and cleaned.get("file"):
            self.add_error("file", _("Please choose the file again."))
        return cleaned
