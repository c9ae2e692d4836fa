"""Looks up the codes of import lines: sectors, kinds of help, districts, owners."""

from dataclasses import dataclass, field

from django.db.models import Case, When

from marketplace.organisations.actions import register_organisation
from marketplace.organisations.models import Membership, Organisation, Side
from marketplace.organisations.permissions import ACTING
from marketplace.people.models import User
from marketplace.taxonomy.models import Capability, Country, Place, Sector

from .import_cells import BadLine
from .import_lines import ItemLine, ListingLine


@dataclass(slots=True)
class Codes:
    """The vocabulary, read once for a whole file."""

    sectors: dict[str, int] = field(default_factory=dict)
    capabilities: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Codes":
        return cls(
            dict(Sector.objects.values_list("code", "pk")),
            dict(Capability.objects.values_list("slug", "pk")),
            dict(Place.objects.values_list("slug", "pk")),
        )

    def check(self, line: ListingLine) -> None:
        """Raises `BadLine` for a code that the vocabulary does not hold."""
        for code in line.sectors:
            if code not in self.sectors:
                raise BadLine(f"unknown sector: {code}")
        for item in (*line.brings, *line.needs):
            if item.capability and item.capability not in self.capabilities:
                raise BadLine(f"unknown capability: {item.capability}")

    def capability_of(self, item: ItemLine) -> int | None:
        """The kind of help an item names, also where the bare code is its text."""
        return self.capabilities.get(item.capability or item.text)

    def text_of(self, item: ItemLine) -> str:
        """The owner's words; a bare code is none."""
        is_code = not item.capability and item.text in self.capabilities
        return "" if is_code else item.text


OWNERS_FIRST = Case(When(role=Membership.Role.OWNER, then=0), default=1)


def side_of(country: str) -> str:
    """The side that the country code of a line stands for."""
    return country if country in (Side.ISRAELI, Side.PALESTINIAN) else Side.THIRD


@dataclass(slots=True)
class Owners:
    """Finds the organisation a line belongs to, as the importer may.

    A named organisation owns its line, else the importer's own of that side, else one
    that holds imported listings of the side until their owners are known.
    """

    by: User
    may_choose: bool
    may_create: bool
    known: dict[str, Organisation] = field(default_factory=dict)
    people: dict[int, User] = field(default_factory=dict)

    def person_of(self, organisation: Organisation) -> User:
        """Who is written to about a listing: the importer, else the organisation's owner.

        Staff who bring in the listings of others do not become their owners.
        """
        if organisation.pk not in self.people:
            acting = Membership.objects.filter(
                organisation=organisation, role__in=ACTING, user__is_active=True
            ).select_related("user")
            own = acting.filter(user=self.by).first()
            first = own or acting.order_by(OWNERS_FIRST, "pk").first()
            self.people[organisation.pk] = first.user if first else self.by
        return self.people[organisation.pk]

    def of(self, line: ListingLine) -> Organisation:
        key = f"slug:{line.organisation}" if line.organisation else f"side:{line.side}"
        if key not in self.known:
            self.known[key] = (
                self._named(line) if line.organisation else self._own(line)
            )
        owner = self.known[key]
        if line.side and owner.side != side_of(line.side):
            raise BadLine(f"its organisation is not of the side {line.side}")
        return owner

    def _named(self, line: ListingLine) -> Organisation:
        rows = Organisation.objects.filter(slug=line.organisation)
        found = rows.first()
        if found is None:
            if not (self.may_create and self.may_choose):
                raise BadLine(f"unknown organisation: {line.organisation}")
            return self._register(line.organisation, line.side, line.organisation)
        if not (self.may_choose or found in self._acting()):
            raise BadLine(f"not yours to write for: {line.organisation}")
        return found

    def _own(self, line: ListingLine) -> Organisation:
        for organisation in self._acting():
            if not line.side or organisation.side == side_of(line.side):
                return organisation
        if not self.may_choose:
            raise BadLine("none of your organisations is of its side")
        slug = f"imported-{line.side or 'listings'}"
        found = Organisation.objects.filter(slug=slug).first()
        return found or self._register(slug, line.side, "Imported listings")

    def _acting(self) -> list[Organisation]:
        return list(
            Organisation.objects.filter(
                memberships__user=self.by, memberships__role__in=ACTING
            ).order_by("pk")
        )

    def _register(self, slug: str, country: str, alias: str) -> Organisation:
        """Unverified, with the importer as its owner until somebody claims it."""
        return register_organisation(
            by=self.by,
            alias=alias[:80],
            side=side_of(country),
            slug=slug,
            country=Country.objects.filter(code=country.upper()).first(),
        )
