"""Who sees which field of a listing or an organisation, rung by rung.

The tables below are written by hand from the rules; the code has its own. A field that
is missing on either side fails.
"""

from dataclasses import fields

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.listings.faces import face_of as listing_face
from marketplace.listings.faces import faces_of
from marketplace.listings.models import Listing, ListingPhoto
from marketplace.organisations.actions import end_disclosures, open_disclosure
from marketplace.organisations.faces import face_of
from marketplace.organisations.faces_table import FIELDS
from marketplace.organisations.stages import Stage
from marketplace.people.actions import seal_identity
from tests.factories import make_listing, make_member, make_organisation, make_sector

pytestmark = pytest.mark.django_db

FIRST_SEEN_AT = {
    "organisation": {
        "alias": Stage.PUBLIC,
        "descriptor": Stage.PUBLIC,
        "sectors": Stage.PUBLIC,
        "traits": Stage.PUBLIC,
        "languages": Stage.PUBLIC,
        "verified_on": Stage.PUBLIC,
        "place": Stage.MEMBER,
        "size": Stage.FACTS,
        "works_since": Stage.FACTS,
        "trade_facts": Stage.FACTS,
        "legal_name": Stage.ORGANISATION,
    },
    "person": {
        "contact_name": Stage.PERSON,
        "contact_phone": Stage.PERSON,
        "contact_email": Stage.PERSON,
    },
    "listing": {
        "kind": Stage.PUBLIC,
        "title": Stage.PUBLIC,
        "summary": Stage.PUBLIC,
        "written_in": Stage.PUBLIC,
        "sectors": Stage.PUBLIC,
        "brings": Stage.PUBLIC,
        "needs": Stage.PUBLIC,
        "amounts": Stage.PUBLIC,
        "stage": Stage.PUBLIC,
        "instruments": Stage.PUBLIC,
        "place": Stage.PUBLIC,
        "reach": Stage.PUBLIC,
        "languages": Stage.PUBLIC,
        "feasibility": Stage.PUBLIC,
        "verified": Stage.PUBLIC,
        "published_on": Stage.PUBLIC,
        "closes_on": Stage.PUBLIC,
        "alias": Stage.PUBLIC,
        "responsiveness": Stage.MEMBER,
        "details": Stage.MEMBER,
        "photos": Stage.MEMBER,
        "hidden_alias": Stage.INTERESTED,
    },
}
# What a face carries besides the fields of the table.
ABOUT = {"public_id", "url", "stage", "reached", "is_own", "alias_shown"}
ABOUT |= {"organisation_url"}


@pytest.mark.parametrize("subject", FIRST_SEEN_AT)
def test_the_codes_table_says_what_the_rules_say(subject):
    coded = {f: row.stage for (s, f), row in FIELDS.items() if s == subject}
    assert coded == FIRST_SEEN_AT[subject]


def open_at(stage, *subjects):
    return {
        field
        for subject in subjects
        for field, first in FIRST_SEEN_AT[subject].items()
        if first <= stage
    }


@pytest.fixture
def furnished():
    """An organisation whose every private field is a canary, and its contact."""
    organisation = make_organisation(
        alias="Press in the hills", legal_name="LEGALCANARY"
    )
    owner = make_member(organisation, email="mailcanary@firm.example")
    seal_identity(owner, name="PERSONCANARY", phone="+970599PHONE", by=owner)
    return organisation


@pytest.mark.parametrize("stage", list(Stage))
def test_an_organisations_face_holds_the_open_fields_and_no_others(furnished, stage):
    face = face_of(furnished, stage)
    held = {field.name for field in fields(face)} - {"public_id", "url", "stage"}
    assert held == open_at(stage, "organisation", "person")


CANARIES = {
    "LEGALCANARY": Stage.ORGANISATION,
    "PERSONCANARY": Stage.PERSON,
    "PHONE": Stage.PERSON,
    "mailcanary": Stage.PERSON,
}


@pytest.mark.parametrize("stage", list(Stage))
def test_no_private_word_is_in_memory_before_its_rung(furnished, stage):
    shown = repr(face_of(furnished, stage)) + face_of(furnished, stage).name
    assert {c for c in CANARIES if c in shown} == {
        canary for canary, first in CANARIES.items() if first <= stage
    }


def opened_to(listing, stage):
    """A member to whom this stage was opened under the listing."""
    other = make_organisation(side="ps")
    reader = make_member(other)
    if stage > Stage.MEMBER:
        open_disclosure(
            of=listing.organisation,
            to=other,
            scope=listing.public_id,
            stage=stage,
            by=listing.owner,
        )
    return reader


@pytest.mark.parametrize("stage", list(Stage))
def test_a_listings_face_holds_the_open_fields_and_no_others(stage):
    listing = make_listing(details="DETAILCANARY", anonymous=True)
    viewer = None if stage == Stage.PUBLIC else opened_to(listing, stage)
    face = listing_face(listing, viewer)
    held = {field.name for field in fields(face)} - (ABOUT - {"stage"})
    expected = open_at(stage, "listing") - {"alias", "hidden_alias"}
    assert held == expected
    assert face.reached == stage
    assert ("DETAILCANARY" in repr(face)) == (stage >= Stage.MEMBER)


@pytest.mark.parametrize("stage", list(Stage))
def test_a_hidden_alias_shows_once_both_agreed_and_another_at_once(stage):
    organisation = make_organisation(alias="ALIASCANARY")
    hidden = make_listing(organisation, anonymous=True)
    named = make_listing(organisation, anonymous=False)
    viewer = None if stage == Stage.PUBLIC else opened_to(hidden, stage)
    assert ("ALIASCANARY" in repr(listing_face(hidden, viewer))) == (
        stage >= Stage.INTERESTED
    )
    assert "ALIASCANARY" in repr(listing_face(named, viewer))


def test_a_meeting_about_one_hidden_listing_does_not_name_the_other():
    organisation = make_organisation(alias="ALIASCANARY")
    met, other = (make_listing(organisation, anonymous=True) for _each in range(2))
    viewer = opened_to(met, Stage.PERSON)
    assert listing_face(met, viewer).alias_shown == "ALIASCANARY"
    assert listing_face(other, viewer).alias_shown is None
    assert "ALIASCANARY" not in repr(listing_face(other, viewer))


def test_what_was_opened_closes_at_once():
    listing = make_listing(anonymous=True)
    viewer = opened_to(listing, Stage.PERSON)
    organisation = viewer.memberships.get().organisation
    end_disclosures(
        scope=listing.public_id,
        between=(listing.organisation, organisation),
        by=viewer,
    )
    assert listing_face(listing, viewer).alias_shown is None


def test_an_owner_sees_all_of_ones_own():
    listing = make_listing(anonymous=True, details="All of it")
    face = listing_face(listing, listing.owner)
    assert (face.is_own, face.reached) == (True, Stage.VENTURE)
    assert (face.alias_shown, face.details) == (listing.organisation.alias, "All of it")


def test_photos_show_to_members_once_they_are_approved():
    listing = make_listing()
    ListingPhoto.objects.create(listing=listing, small="a", medium="b", large="c")
    reader = make_member(make_organisation())
    assert listing_face(listing, reader).photos == ()
    listing.photos.update(approved_at="2026-01-01T00:00Z")
    assert len(listing_face(listing, reader).photos) == 1


@pytest.mark.parametrize(("member", "queries"), [(False, 2), (True, 5)])
def test_many_faces_cost_as_many_queries_as_one(member, queries):
    viewer = make_member(make_organisation()) if member else AnonymousUser()
    for number in range(12):
        make_listing(
            sectors=[make_sector()],
            brings=[f"first {number}", f"second {number}"],
            needs=[f"need {number}"],
        )
    for size in (2, 12):
        rows = list(Listing.objects.visible_to(viewer).with_face_parts()[:size])
        with CaptureQueriesContext(connection) as seen:
            faces = faces_of(rows, viewer)
        assert len(seen) == queries
    assert all(len(face.brings) == 2 and len(face.needs) == 1 for face in faces)
    assert [face.public_id for face in faces] == [row.public_id for row in rows]


def test_items_keep_their_owners_order_and_side():
    listing = make_listing(brings=["third", "first"], needs=["need"])
    for order, item in enumerate(listing.brings.order_by("-pk")):
        item.sort_order = order
        item.save()
    face = listing_face(Listing.objects.get(pk=listing.pk), None)
    assert [item.text for item in face.brings] == ["first", "third"]
    assert [item.text for item in face.needs] == ["need"]


def test_how_soon_it_answers_stands_on_no_hidden_listing():
    """It changes on all of them at one moment: they would be known to belong together."""
    organisation = make_organisation(responsiveness="quick")
    own_name = {"anonymous": False, "alias": "Another name"}
    hidden = [
        make_listing(organisation, **how) for how in ({"anonymous": True}, own_name)
    ]
    named = make_listing(organisation, anonymous=False)
    reader = make_member(make_organisation(side="ps"))
    bands = [face.responsiveness for face in faces_of([*hidden, named], reader)]
    assert bands[:2] == ["", ""]
    assert bands[2]
