"""Words that give something away, as they are shown to whoever wrote them."""

from dataclasses import dataclass

from django.utils.functional import Promise

from .finding import contact_details_in


@dataclass(frozen=True, slots=True)
class Giveaway:
    """A few letters of a text, as written, and what they seem to be."""

    label: str | Promise
    words: str


def contacts_given_away(text: str) -> tuple[Giveaway, ...]:
    """The contact details of a text, each once, in their order."""
    found = (
        Giveaway(detail.kind.label, text[detail.start : detail.end])
        for detail in contact_details_in(text)
    )
    return tuple(dict.fromkeys(found))
