"""What a reader may narrow the list of listings by; every wrong value is ignored."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing
from marketplace.organisations.models import Trait
from marketplace.taxonomy.constants import LANGUAGE_CHOICES
from marketplace.taxonomy.distance import DistanceBand

LONGEST_QUESTION = 200
LONGEST_ADDRESS = 8_000
SORTS = [
    ("best", _("Best match")),
    ("newest", _("Newest")),
    ("closing", _("Closing soon")),
]
AROUND = [
    ("", _("Only these districts")),
    (DistanceBand.NEAR.value, _("And up to 30 km around")),
    (DistanceBand.MIDDLE.value, _("And up to 80 km around")),
]
KINDS = [("", _("Everything")), *Listing.Kind.choices]


@dataclass(frozen=True, slots=True)
class Filters:
    """One reader's question, already clean: unknown values have been dropped.

    ``around`` is the farthest band that counts with the places, where not they alone do.
    """

    q: str = ""
    kind: str = ""
    sectors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    around: str = ""
    languages: tuple[str, ...] = ()
    verified: bool = False
    online: bool = False
    women_led: bool = False
    sort: str = "best"
    matching_for: str = ""

    @property
    def count(self) -> int:
        """How many filters narrow the list, the words and the kind aside."""
        chosen = len(self.sectors) + len(self.places) + len(self.languages)
        return chosen + self.verified + self.online + self.women_led


class FilterForm(forms.Form):
    """The filters of the listing search, sent by GET."""

    q = forms.CharField(required=False, max_length=LONGEST_QUESTION)
    kind = forms.ChoiceField(required=False, choices=KINDS)
    sector = forms.MultipleChoiceField(required=False)
    place = forms.MultipleChoiceField(required=False)
    around = forms.ChoiceField(required=False, choices=AROUND)
    lang = forms.MultipleChoiceField(required=False, choices=LANGUAGE_CHOICES)
    verified = forms.BooleanField(required=False)
    online = forms.BooleanField(required=False)
    women_led = forms.BooleanField(required=False, label=Trait.WOMEN_LED.label)
    sort = forms.ChoiceField(required=False, choices=SORTS)
    matching_for = forms.UUIDField(required=False)


def filters_in(data) -> Filters:
    """Read a query string; anything unknown or too long is left out, never an error."""
    form = FilterForm(data)
    form.is_valid()
    clean = form.cleaned_data
    places = _short(data.getlist("place"), 64)
    question = str(data.get("q", "")).strip()[:LONGEST_QUESTION]
    return Filters(
        q=question.replace("\x00", ""),
        kind=clean.get("kind", ""),
        sectors=_short(data.getlist("sector"), 4),
        places=places,
        around=clean.get("around", "") if places else "",
        languages=tuple(
            code for code in data.getlist("lang") if code in dict(LANGUAGE_CHOICES)
        ),
        verified=bool(clean.get("verified")),
        online=bool(clean.get("online")),
        women_led=bool(clean.get("women_led")),
        sort=clean.get("sort") or "best",
        matching_for=str(clean.get("matching_for") or ""),
    )


def _short(values: list[str], longest: int) -> tuple[str, ...]:
    """At most twenty codes that could be codes at all."""
    kept = [
        value
        for value in values
        if 0 < len(value) <= longest and value.replace("-", "").isalnum()
    ]
    return tuple(dict.fromkeys(kept))[:20]
