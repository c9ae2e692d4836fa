"""Rows that tests start from: made directly, valid, and fictional."""

import itertools
from datetime import timedelta

from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.organisations.models import Membership, Organisation, Side
from marketplace.people.models import User
from marketplace.taxonomy.models import Sector

_numbers = itertools.count(1)


def make_user(**fields: object) -> User:
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@members.example")
    fields.setdefault("alias", f"Alias {number}")
    return User.objects.create_user(password="correct horse", **fields)


def make_organisation(*, side: str = Side.ISRAELI, **fields: object) -> Organisation:
    number = next(_numbers)
    legal_name = fields.pop("legal_name", f"Legalname{number} Ltd")
    fields.setdefault("alias", f"Workshop {number}")
    organisation = Organisation(side=side, **fields)
    organisation.legal_name = str(legal_name)
    organisation.save()
    return organisation


def make_member(
    organisation: Organisation, *, role: str = "owner", **fields: object
) -> User:
    user = make_user(**fields)
    Membership.objects.create(
        organisation=organisation, user=user, role=role, is_contact=True
    )
    return user


def make_sector(code: str = "1040", **fields: object) -> Sector:
    fields.setdefault("level", "class")
    fields.setdefault("name_en", f"Sector {code}")
    fields.setdefault("name_he", f"ענף {code}")
    fields.setdefault("name_ar", f"قطاع {code}")
    return Sector.objects.get_or_create(code=code, defaults=fields)[0]


def make_listing(organisation: Organisation | None = None, **fields: object) -> Listing:
    """A live listing, without the review it would have gone through."""
    number = next(_numbers)
    organisation = organisation or make_organisation()
    owner = fields.pop("owner", None)
    if owner is None:
        membership = organisation.memberships.first()
        owner = membership.user if membership else make_member(organisation)
    brings = fields.pop("brings", ())
    needs = fields.pop("needs", ())
    sectors = fields.pop("sectors", ())
    fields.setdefault("kind", Listing.Kind.OFFER)
    fields.setdefault("title", f"Listing number {number}")
    fields.setdefault("summary", "What it is about, in one sentence.")
    fields.setdefault("written_in", "en")
    fields.setdefault("live", True)
    fields.setdefault("version", 1)
    fields.setdefault("published_on", timezone.now().date())
    fields.setdefault("expires_at", timezone.now() + timedelta(days=183))
    listing = Listing(organisation=organisation, owner=owner, **fields)
    listing.sectors = list(sectors)
    listing.brings = [_item(listing, "brings", item) for item in brings]
    listing.needs = [_item(listing, "needs", item) for item in needs]
    listing.save()
    return listing


def _item(listing: Listing, relation: str, item: object) -> object:
    model = Listing._meta.get_field(relation).related_model
    return model(text=item) if isinstance(item, str) else model(capability=item)
