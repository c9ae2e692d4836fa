"""The filters in force, each with the address that takes it away."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from .facets import Facets
from .forms import AROUND, Filters


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force, by name, and where the list is without it."""

    name: str
    url: str


def chips_of(filters: Filters, facets: Facets, data: QueryDict) -> list[Chip]:
    """A chip for every chosen option, in the order of the filters."""
    chips = [
        Chip(option.name, _without(data, field, option.value))
        for field, options in (
            ("sector", facets.sectors),
            ("place", facets.places),
            ("lang", facets.languages),
        )
        for option in options
        if option.is_chosen
    ]
    around = dict(AROUND)[filters.around] if filters.around else ""
    for field, is_on, name in (
        ("around", filters.around, str(around)),
        ("verified", filters.verified, _("Verified by programme staff")),
        ("online", filters.online, _("Meets online first")),
        ("women_led", filters.women_led, _("Women-led")),
    ):
        if is_on:
            chips.append(Chip(name, _without(data, field, "")))
    return chips


def _without(data: QueryDict, field: str, value: str) -> str:
    rest = data.copy()
    rest.pop("page", None)
    kept = [one for one in rest.getlist(field) if value and one != value]
    rest.setlist(field, kept)
    query = rest.urlencode()
    return reverse("search:listings") + (f"?{query}" if query else "")
