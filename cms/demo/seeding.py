"""The demonstration data brought in by the same actions that members use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from marketplace.listings.actions import (
    approve_listing,
    save_draft,
    submit_listing,
)
from marketplace.listings.models import Brings, Listing, ListingItem, Needs
from marketplace.money import Money
from marketplace.organisations.actions import register_organisation, verify_organisation
from marketplace.organisations.models import Membership, Organisation
from marketplace.people.actions import seal_identity
from marketplace.people.models import User
from marketplace.taxonomy.models import Capability, Country, Place, Sector

from .accounts import DEMO_PASSWORD
from .clock import DAYS_OF_MEMBERS, DemoClock, days_of_listing
from .records import (
    ItemRecord,
    ListingRecord,
    OrganisationRecord,
    PersonRecord,
    read_listings,
    read_organisations,
    read_people,
)

ZONES = {"he": "Asia/Jerusalem", "ar": "Asia/Hebron", "en": "UTC"}
STAFF_GROUPS = {"reviewer": "Reviewers", "finance": "Finance", "editor": "Editors"}


@dataclass(slots=True)
class Seeded:
    """What has been made so far, by the keys of the written records."""

    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)
    reviewer: User | None = None


def seed(clock: DemoClock) -> Seeded:
    """Make people, organisations and listings; expects an empty, set-up site."""
    seeded = Seeded()
    clock.days_ago(DAYS_OF_MEMBERS)
    seed_people(seeded, read_people())
    seed_organisations(seeded, clock, read_organisations(), read_people())
    seed_listings(seeded, clock, read_listings())
    return seeded


def seed_people(seeded: Seeded, records: Iterable[PersonRecord]) -> None:
    """Accounts with a confirmed address and the demo's printed password."""
    probe = User()
    probe.set_password(DEMO_PASSWORD)
    hashed = probe.password  # hashed once: argon2 is slow on purpose
    for record in records:
        person = User(
            email=record.email,
            alias=record.alias,
            language=record.language,
            time_zone=ZONES[record.language],
            is_staff=record.is_staff,
            password=hashed,
        )
        person.save()
        EmailAddress.objects.create(
            user=person, email=person.email, verified=True, primary=True
        )
        if record.full_name:
            seal_identity(person, name=record.full_name, phone="", by=person)
        if record.is_staff:
            person.groups.add(Group.objects.get(name=STAFF_GROUPS[record.role]))
        seeded.people[record.key] = person
        if record.role == "reviewer":
            seeded.reviewer = person


def seed_organisations(
    seeded: Seeded,
    clock: DemoClock,
    records: Iterable[OrganisationRecord],
    people: Iterable[PersonRecord],
) -> None:
    """Each registered by its owner, joined by colleagues, verified by the reviewer."""
    countries = {row.code: row for row in Country.objects.all()}
    places = {row.slug: row for row in Place.objects.all()}
    sectors = {row.code: row for row in Sector.objects.all()}
    staff: dict[str, list[PersonRecord]] = {}
    for person in people:
        if person.organisation:
            staff.setdefault(person.organisation, []).append(person)
    for place, record in enumerate(records):
        clock.days_ago(DAYS_OF_MEMBERS - place / 2)
        members = sorted(staff[record.key], key=lambda person: person.role != "owner")
        organisation = register_organisation(
            by=seeded.people[members[0].key],
            alias=record.alias,
            descriptor=record.descriptor,
            side=record.side,
            legal_name=record.legal_name,
            country=countries[record.country],
            place=places[record.place],
            sectors=[sectors[code] for code in record.sectors],
            traits=list(record.traits),
            languages=list(record.languages),
        )
        for person in members[1:]:
            Membership.objects.create(
                organisation=organisation,
                user=seeded.people[person.key],
                role=person.role,
            )
        clock.pass_a_while()
        if record.verified and seeded.reviewer:
            verify_organisation(
                organisation,
                state=Organisation.Verification.VERIFIED,
                because="documents_checked",
                by=seeded.reviewer,
            )
        seeded.organisations[record.key] = organisation


def seed_listings(
    seeded: Seeded, clock: DemoClock, records: Sequence[ListingRecord]
) -> None:
    """Each written by its owner, submitted, and approved by the reviewer; oldest first."""
    places = {row.slug: row for row in Place.objects.all()}
    sectors = {row.code: row for row in Sector.objects.all()}
    capabilities = {row.slug: row for row in Capability.objects.all()}
    posted = {record.id: days_of_listing(n) for n, record in enumerate(records)}
    for record in sorted(records, key=lambda record: -posted[record.id]):
        clock.days_ago(posted[record.id])
        listing = _draft(seeded, record, places)
        listing.sectors = [sectors[code] for code in record.sectors]
        listing.brings = [_item(Brings, item, capabilities) for item in record.brings]
        listing.needs = [_item(Needs, item, capabilities) for item in record.needs]
        by = seeded.people[record.by]
        saved = save_draft(listing, by=by)
        submitted = submit_listing(saved, by=by)
        clock.pass_a_while()
        if seeded.reviewer is None:
            continue
        seeded.listings[record.id] = approve_listing(submitted, by=seeded.reviewer)


def _draft(
    seeded: Seeded, record: ListingRecord, places: Mapping[str, Place]
) -> Listing:
    amounts = _amounts(record)
    feasible = record.feasibility
    return Listing(
        organisation=seeded.organisations[record.organisation],
        owner=seeded.people[record.by],
        kind=record.kind,
        title=record.title,
        summary=record.summary,
        details=record.details,
        written_in=record.language,
        stage=record.stage,
        place=places[record.place],
        reach=record.reach,
        languages=list(record.languages),
        meets_online=feasible.meets_online,
        neutral_place=feasible.neutral_place,
        permits=feasible.permits,
        goods_cross=feasible.goods_cross,
        perishable=feasible.perishable,
        start_on=feasible.start_on,
        anonymous=record.anonymous,
        **amounts,
    )


def _amounts(record: ListingRecord) -> dict[str, int | str | None]:
    if record.amount is None:
        return {}
    currency = record.amount.currency
    ends = {"amount_min": record.amount.min, "amount_max": record.amount.max}
    minor = {
        name: None if end is None else Money.from_major(end, currency).minor
        for name, end in ends.items()
    }
    return minor | {"amount_currency": currency}


def _item(
    model: type[ListingItem], record: ItemRecord, capabilities: Mapping[str, Capability]
) -> ListingItem:
    return model(
        capability=capabilities.get(record.capability),
        text=record.text,
        quantity=record.quantity,
        evidence=record.evidence,
    )
