"""Owners show fields later than the table, never earlier, and see what each rung sees."""

import pytest
from django.urls import reverse

from marketplace.exceptions import NotAllowed
from marketplace.listings.faces import face_at as listing_face_at
from marketplace.listings.faces import face_of as listing_face
from marketplace.organisations.actions import choose_stages, open_disclosure
from marketplace.organisations.audience import RUNGS, table
from marketplace.organisations.faces import face_of
from marketplace.organisations.faces_table import FIELDS, open_fields
from marketplace.organisations.models import FieldChoice
from marketplace.organisations.stages import Stage
from marketplace.organisations.stricter import EMPTY, OFFERED, stages_for
from tests.factories import make_listing, make_member, make_organisation

pytestmark = pytest.mark.django_db

DESCRIPTOR = ("organisation", "descriptor")
DETAILS = ("listing", "details")


@pytest.fixture
def organisation():
    return make_organisation(descriptor="CANARYLINE", trade_facts="CANARYFACTS")


@pytest.fixture
def owner(organisation):
    return make_member(organisation)


def test_a_field_shows_from_the_chosen_stage_on(organisation, owner):
    choose_stages(organisation, by=owner, stages={DESCRIPTOR: Stage.FACTS})
    for stage in Stage:
        shows = "CANARYLINE" in repr(face_of(organisation, stage))
        assert shows == (stage >= Stage.FACTS)


def test_no_stage_before_the_tables_is_taken(organisation, owner):
    for stage in (Stage.MEMBER, Stage.INTERESTED):
        with pytest.raises(NotAllowed):
            choose_stages(
                organisation, by=owner, stages={("organisation", "size"): stage}
            )


def test_a_choice_that_slipped_below_the_table_opens_nothing(organisation):
    FieldChoice.objects.create(
        organisation=organisation,
        subject="organisation",
        field="trade_facts",
        stage=Stage.PUBLIC,
    )
    assert "CANARYFACTS" not in repr(face_of(organisation, Stage.INTERESTED))
    assert "CANARYFACTS" in repr(face_of(organisation, Stage.FACTS))


def test_fields_that_are_not_offered_cannot_be_chosen(organisation, owner):
    for key in (("person", "contact_name"), ("listing", "title")):
        with pytest.raises(NotAllowed):
            choose_stages(organisation, by=owner, stages={key: Stage.VENTURE})


def test_nobody_chooses_for_others(organisation):
    stranger = make_member(make_organisation())
    with pytest.raises(NotAllowed):
        choose_stages(organisation, by=stranger, stages={DESCRIPTOR: Stage.FACTS})


def test_one_owners_choice_is_not_anothers(organisation, owner):
    other = make_organisation(descriptor="OTHERLINE")
    choose_stages(organisation, by=owner, stages={DESCRIPTOR: Stage.FACTS})
    assert "OTHERLINE" in repr(face_of(other, Stage.PUBLIC))


def test_details_of_a_listing_wait_for_the_chosen_stage(organisation, owner):
    listing = make_listing(organisation, owner=owner, details="CANARYDETAILS")
    reader = make_member(make_organisation(side="ps"))
    assert "CANARYDETAILS" in repr(listing_face(listing, reader))
    choose_stages(organisation, by=owner, stages={DETAILS: Stage.FACTS})
    assert "CANARYDETAILS" not in repr(listing_face(listing, reader))
    open_disclosure(
        of=organisation,
        to=reader.memberships.get().organisation,
        scope=listing.public_id,
        stage=Stage.FACTS,
        by=owner,
    )
    assert "CANARYDETAILS" in repr(listing_face(listing, reader))
    assert "CANARYDETAILS" in repr(listing_face(listing, owner))


def test_every_offered_field_has_something_to_stand_for_it():
    assert {field for _subject, field in OFFERED} == set(EMPTY)
    assert all(stages_for(*key)[0] == FIELDS[key].stage for key in OFFERED)


# -- the table and "view as" -----------------------------------------------------------


def test_the_table_has_the_eight_rungs_and_says_what_faces_do():
    assert [slug.upper() for slug, _label in RUNGS] == [stage.name for stage in Stage]
    labels = {str(row.label): row for part in table() for row in part.rows}
    facts = labels["Facts of the trade"]
    assert [sees for _label, sees in facts.rungs] == [False] * 4 + [True] * 4


@pytest.mark.parametrize("stage", Stage)
def test_the_owner_sees_what_each_rung_sees(client, organisation, owner, stage):
    client.force_login(owner)
    address = reverse(
        "organisations:view_as", args=[organisation.public_id, stage.name.lower()]
    )
    html = client.get(address).content.decode()
    opens = "trade_facts" in open_fields("organisation", stage)
    assert ("CANARYFACTS" in html) == opens
    assert (organisation.legal_name in html) == (stage >= Stage.ORGANISATION)


@pytest.mark.parametrize("stage", Stage)
def test_the_owner_sees_a_listing_as_each_rung_does(client, organisation, owner, stage):
    listing = make_listing(organisation, owner=owner, details="CANARYDETAILS")
    face = listing_face_at(listing, stage)
    knows = stage >= Stage.INTERESTED
    assert (face.alias_shown == organisation.alias) == knows
    client.force_login(owner)
    rung = stage.name.lower()
    address = reverse("listings:view_as", args=[listing.public_id, rung])
    html = client.get(address).content.decode()
    assert ("CANARYDETAILS" in html) == (stage >= Stage.MEMBER)


def test_an_unknown_rung_is_no_page(client, organisation, owner):
    client.force_login(owner)
    for name in ("organisations:view_as", "listings:view_as"):
        address = reverse(name, args=[organisation.public_id, "nonsense"])
        assert client.get(address).status_code == 404


def test_choosing_over_the_page(client, organisation, owner):
    client.force_login(owner)
    address = reverse("organisations:stages", args=[organisation.public_id])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    client.post(address, sent | {"organisation-descriptor": int(Stage.ORGANISATION)})
    assert "CANARYLINE" not in repr(face_of(organisation, Stage.FACTS))
    early = client.post(address, sent | {"organisation-size": int(Stage.PUBLIC)})
    assert early.status_code == 422
