"""The demonstration data brought in by the same actions that members use."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from marketplace.listings.actions import import_listings
from marketplace.listings.models import Listing
from marketplace.organisations.actions import register_organisation, verify_organisation
from marketplace.organisations.models import Membership, Organisation
from marketplace.people.actions import seal_identity
from marketplace.people.models import User
from marketplace.taxonomy.models import Country, Place, Sector

from .accounts import DEMO_PASSWORD
from .clock import DAYS_OF_MEMBERS, DemoClock, days_of_listing
from .records import (
    OrganisationRecord,
    PersonRecord,
    listing_lines,
    read_organisations,
    read_people,
)

ZONES = {"he": "Asia/Jerusalem", "ar": "Asia/Hebron", "en": "UTC"}
STAFF_GROUPS = {"reviewer": "Reviewers", "finance": "Finance", "editor": "Editors"}

# Lines of one file, brought in on one day of the demo.
TOGETHER = 5


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
    seed_listings(seeded, clock)
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
        if record.reads_for:
            person.groups.add(Group.objects.get(reviewing_side__side=record.reads_for))
        seeded.people[record.key] = person
        if record.role == "reviewer" and seeded.reviewer is None:
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
            slug=record.key,  # the name that lines of listings call it by
            alias=record.alias,
            descriptor=record.descriptor,
            side=record.side,
            legal_name=record.legal_name,
            country=countries[record.country],
            place=places[record.place],
            sectors=[sectors[code] for code in record.sectors],
            traits=list(record.traits),
            languages=list(record.languages),
            size=record.size,
            works_since=record.works_since,
            trade_facts=record.trade_facts,
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


def seed_listings(seeded: Seeded, clock: DemoClock) -> None:
    """Lines of listings brought in by the reviewer as any file is; oldest first."""
    if seeded.reviewer is None:
        raise LookupError("nobody of the demo may publish listings")
    days = ((days_of_listing(n), line) for n, line in enumerate(listing_lines()))
    oldest_first = iter(sorted(days, reverse=True))
    while together := list(islice(oldest_first, TOGETHER)):
        clock.days_ago(together[0][0])
        lines = [
            (number, line.encode()) for number, (_day, line) in enumerate(together)
        ]
        report = import_listings(lines, by=seeded.reviewer, publish=True)
        if report.bad:
            raise ValueError(f"a line of the demo is not taken: {report.bad}")
    rows = Listing.objects.exclude(external_id="").select_related("owner")
    seeded.listings |= {listing.external_id: listing for listing in rows}
