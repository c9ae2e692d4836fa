"""What others may see of a listing, and from which stage each of its fields is open."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.money import Money
from marketplace.organisations.faces_table import FieldStage, declare, open_fields
from marketplace.organisations.models import Organisation
from marketplace.organisations.stage import Standing, standing_of
from marketplace.organisations.stages import Stage
from marketplace.organisations.stricter import Choices, choices_of
from marketplace.taxonomy.constants import (
    INSTRUMENT_CHOICES,
    LANGUAGE_CHOICES,
    STAGE_CHOICES,
)

from .models import Listing, Viewer
from .parts import Item, Parts, Photo, parts_of

RIGHT_TO_LEFT = ("he", "ar")
# Looked up here: Django's own `get_…_display` translates every choice to find one.
LANGUAGES = dict(LANGUAGE_CHOICES)
STAGES = dict(STAGE_CHOICES)
REACHES = dict(Listing.Reach.choices)
PERMITS = dict(Listing.Permits.choices)
SHELF_LIVES = dict(Listing.Perishable.choices)
RESPONSES = dict(Organisation.Responsiveness.choices)


def _row(field: str, stage: Stage, label: str | Promise) -> FieldStage:
    return FieldStage("listing", field, stage, label)


declare(
    _row("kind", Stage.PUBLIC, gettext_lazy("Kind")),
    _row("title", Stage.PUBLIC, gettext_lazy("Title")),
    _row("summary", Stage.PUBLIC, gettext_lazy("Summary")),
    _row("written_in", Stage.PUBLIC, gettext_lazy("Language of the text")),
    _row("sectors", Stage.PUBLIC, gettext_lazy("Sectors")),
    _row("brings", Stage.PUBLIC, gettext_lazy("What it brings")),
    _row("needs", Stage.PUBLIC, gettext_lazy("What it needs")),
    _row("amounts", Stage.PUBLIC, gettext_lazy("Amount")),
    _row("stage", Stage.PUBLIC, gettext_lazy("Stage of the business")),
    _row("instruments", Stage.PUBLIC, gettext_lazy("Forms of funding")),
    _row("place", Stage.PUBLIC, gettext_lazy("District of the listing")),
    _row("reach", Stage.PUBLIC, gettext_lazy("Reach")),
    _row("languages", Stage.PUBLIC, gettext_lazy("Working languages")),
    _row("feasibility", Stage.PUBLIC, gettext_lazy("How you could work together")),
    _row(
        "verified", Stage.PUBLIC, gettext_lazy("Whether the organisation is verified")
    ),
    _row("published_on", Stage.PUBLIC, gettext_lazy("Day of publication")),
    _row("closes_on", Stage.PUBLIC, gettext_lazy("Last day")),
    _row("alias", Stage.PUBLIC, gettext_lazy("Alias, unless you hide it")),
    _row("responsiveness", Stage.MEMBER, gettext_lazy("How soon it answers")),
    _row("details", Stage.MEMBER, gettext_lazy("Details")),
    _row("photos", Stage.MEMBER, gettext_lazy("Photos")),
    _row("hidden_alias", Stage.INTERESTED, gettext_lazy("Alias, if you hide it")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFace:
    """What anyone may see. Days are dates, labels are in the reader's language.

    `alias_shown` is None where the owner hides it from this reader; `stage` is the
    label of the business's stage, `reached` the rung of the reader.
    """

    public_id: UUID
    url: str
    reached: Stage
    is_own: bool
    kind: str
    title: str
    summary: str
    written_in: str
    sectors: tuple[str, ...]
    brings: tuple[Item, ...]
    needs: tuple[Item, ...]
    amounts: tuple[Money | None, Money | None]
    stage: str
    instruments: tuple[str, ...]
    place: str
    reach: str
    languages: tuple[str, ...]
    feasibility: tuple[tuple[str, str], ...]
    verified: bool
    published_on: datetime.date | None
    closes_on: datetime.date | None
    alias_shown: str | None
    organisation_url: str

    @property
    def kind_label(self) -> str:
        return str(Listing.Kind(self.kind).label)

    @property
    def direction(self) -> str:
        """Which way the owner's own text runs."""
        return "rtl" if self.written_in in RIGHT_TO_LEFT else "ltr"

    @property
    def amount_min(self) -> Money | None:
        return self.amounts[0]

    @property
    def amount_max(self) -> Money | None:
        return self.amounts[1]

    @property
    def tags(self) -> tuple[str, ...]:
        """The few words that stand on a card: kinds of help it brings, or needs."""
        items = self.needs if self.kind == Listing.Kind.NEED else self.brings
        named = dict.fromkeys(item.capability for item in items if item.capability)
        return tuple(named)[:3]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberListingFace(ListingFace):
    """What signed-in members may see besides."""

    responsiveness: str
    details: str
    photos: tuple[Photo, ...]


# The nearest rung first; each class holds exactly the fields its rung opens.
_FACE_FROM: tuple[tuple[Stage, type[ListingFace]], ...] = (
    (Stage.MEMBER, MemberListingFace),
    (Stage.PUBLIC, ListingFace),
)


def face_of(listing: Listing, viewer: Viewer) -> ListingFace:
    """What this reader may see of one listing."""
    return faces_of([listing], viewer)[0]


def faces_of(listings: Iterable[Listing], viewer: Viewer) -> list[ListingFace]:
    """What this reader may see of these listings, in their order.

    Two queries for an anonymous reader and five for a member, however many there are,
    where the listings were loaded `with_face_parts`.
    """
    rows = list(listings)
    return faces_from(rows, standing_towards(rows, viewer))


def standing_towards(listings: Iterable[Listing], viewer: Viewer) -> Standing:
    """How near a reader stands to the owners of these listings."""
    return standing_of(viewer, {row.organisation_id for row in listings})


def face_at(listing: Listing, stage: Stage) -> ListingFace:
    """What a reader at this rung sees, for the owner who wants to know."""
    return faces_from([listing], Standing(stage, frozenset(), {}))[0]


def faces_from(listings: Iterable[Listing], standing: Standing) -> list[ListingFace]:
    """What a reader who stands so may see of these listings, in their order."""
    rows = list(listings)
    is_member = standing.floor >= Stage.MEMBER
    parts = parts_of(rows, with_photos=is_member)
    owners = {row.organisation_id for row in rows} - standing.own
    choices = choices_of(owners) if is_member else Choices({})
    return [_face(row, standing, parts[row.pk], choices) for row in rows]


def _face(
    listing: Listing, standing: Standing, parts: Parts, choices: Choices
) -> ListingFace:
    reached = standing.towards(listing.organisation_id, listing.public_id)
    fields = open_fields("listing", reached) - {"alias", "hidden_alias"}
    held = choices.held_back(listing.organisation_id, "listing", reached)
    values = {
        field: held[field] if field in held else _READ[field](listing, parts)
        for field in fields
    }
    kind = next(kind for rung, kind in _FACE_FROM if reached >= rung)
    alias_from = "hidden_alias" if listing.anonymous else "alias"
    knows_alias = alias_from in open_fields("listing", reached)
    organisation = listing.organisation
    return kind(
        public_id=listing.public_id,
        url=listing.get_absolute_url(),
        reached=reached,
        is_own=listing.organisation_id in standing.own,
        alias_shown=listing.shown_alias if knows_alias else None,
        organisation_url="" if listing.is_hidden else organisation.get_absolute_url(),
        **values,  # type: ignore[arg-type]
    )


def _feasibility(listing: Listing, parts: Parts) -> tuple[tuple[str, str], ...]:
    meets = [_("online")] if listing.meets_online else []
    meets += [_("in a neutral place")] if listing.neutral_place else []
    rows = [
        (_("First meeting"), " · ".join(meets)),
        (_("Permits"), str(PERMITS[listing.permits])),
        (_("Goods have to cross"), _("yes") if listing.goods_cross else _("no")),
        (_("Shelf life"), str(SHELF_LIVES[listing.perishable])),
    ]
    return tuple((label, value) for label, value in rows if value)


def instruments_of(listing: Listing) -> tuple[str, ...]:
    """The forms of funding it names, in words and in the order of the form."""
    return tuple(
        str(label) for code, label in INSTRUMENT_CHOICES if code in listing.instruments
    )


def _responsiveness(listing: Listing) -> str:
    """The band of its organisation, where whose it is shows.

    It changes on all its listings at one moment, which would tell who watches them
    which hidden ones belong together.
    """
    if listing.is_hidden:
        return ""
    return str(RESPONSES.get(listing.organisation.responsiveness, ""))


def _languages(listing: Listing, parts: Parts) -> tuple[str, ...]:
    known = [LANGUAGES[code] for code in listing.languages if code in LANGUAGES]
    return tuple(map(str, known))


def _place(listing: Listing, parts: Parts) -> str:
    return listing.place.name if listing.place else listing.place_text


_READ: dict[str, Callable[[Listing, Parts], object]] = {
    "kind": lambda listing, parts: listing.kind,
    "title": lambda listing, parts: listing.title,
    "summary": lambda listing, parts: listing.summary,
    "responsiveness": lambda listing, parts: _responsiveness(listing),
    "details": lambda listing, parts: listing.details,
    "written_in": lambda listing, parts: listing.written_in,
    "sectors": lambda listing, parts: parts.sectors,
    "brings": lambda listing, parts: parts.brings,
    "needs": lambda listing, parts: parts.needs,
    "photos": lambda listing, parts: parts.photos,
    "amounts": lambda listing, parts: listing.amounts,
    "stage": lambda listing, parts: str(STAGES.get(listing.stage, "")),
    "instruments": lambda listing, parts: instruments_of(listing),
    "place": _place,
    "reach": lambda listing, parts: str(REACHES[listing.reach]),
    "languages": _languages,
    "feasibility": _feasibility,
    "verified": lambda listing, parts: listing.organisation.is_verified,
    "published_on": lambda listing, parts: listing.published_on,
    "closes_on": lambda listing, parts: listing.closes_on,
}
