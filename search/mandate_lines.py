"""A listing that fits a mandate, with why, ready for a page or a letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing
from marketplace.mandates.stopping import stop_url
from marketplace.notices.addresses import absolute

from .matching.wording import Why, why_between
from .models import MandateLetter, MandateMatch

CHANGED = {
    "words": _("the text"),
    "sectors": _("sectors and kinds of help"),
    "amount": _("the amount"),
    "stage": _("the stage"),
    "instruments": _("the form of funding"),
    "place": _("the district or reach"),
    "languages": _("the working languages"),
}


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One listing of a letter: what is public of it, and why it is told."""

    mandate: str
    title: str
    url: str
    why: Why
    changed: tuple[str, ...]
    stop_url: str


def lines_in(letter: MandateLetter) -> list[LetterLine]:
    """What a letter may still say, best first: listings taken back are left out."""
    rows = list(
        MandateMatch.objects.live()
        .filter(tellings__letter=letter)
        .select_related("mandate")
        .filter(mandate__ended_at__isnull=True)
        .order_by("mandate", "-score", "pk")
    )
    visible = Listing.objects.visible_to(letter.reader).in_bulk(
        [row.listing_id for row in rows]
    )
    language = letter.reader.language
    stops = {row.mandate: stop_url(row.mandate, letter.reader) for row in rows}
    return [
        LetterLine(
            mandate=row.mandate.name,
            title=visible[row.listing_id].title,
            url=absolute(visible[row.listing_id].get_absolute_url(), language),
            why=why_of(row),
            changed=changed_in(row),
            stop_url=stops[row.mandate],
        )
        for row in rows
        if row.listing_id in visible
    ]


def why_of(row: MandateMatch) -> Why:
    """The row's reasons as the investor reads them, in the active language."""
    return why_between(row.score, row.reasons["there"], row.reasons["back"])


def whys_of(rows: Sequence[MandateMatch]) -> dict[int, Why]:
    """Reasons by listing."""
    return {row.listing_id: why_of(row) for row in rows}


def changed_in(row: MandateMatch) -> tuple[str, ...]:
    """What differs from what the investor was told of before, in words."""
    return tuple(str(CHANGED[name]) for name in row.changed if name in CHANGED)
