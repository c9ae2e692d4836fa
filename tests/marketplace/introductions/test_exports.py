"""Each side takes out what it may read now, harmless and recorded; nothing after the end."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from marketplace.audit.models import Entry
from marketplace.exceptions import NotAllowed
from marketplace.introductions.actions import (
    accept_introduction,
    agree_to_step,
    ask_introduction,
    block_counterpart,
    close_introduction,
    send_message,
)
from marketplace.introductions.exports import export_introduction
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import Introduction
from marketplace.organisations.stages import Stage
from tests.factories import make_listing, make_member
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db
FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def thread(introduction, asker, asked) -> Introduction:
    accept_introduction(introduction, by=asked)
    send_message(introduction, by=asker, text=FORMULA)
    send_message(introduction, by=asked, text="Words of the asked side")
    return Introduction.objects.get(pk=introduction.pk)


def cells(data: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    return [cell for row in rows for cell in row]


def test_both_take_out_the_same_words_and_no_name_that_is_not_open(
    thread, asker, asked, haifa, nablus
):
    for person, other in ((asker, nablus), (asked, haifa)):
        found = cells(export_introduction(thread, by=person))
        assert f"'{FORMULA}" in found
        assert FORMULA not in found
        assert "Words of the asked side" in found
        assert other.alias in found
        assert not [cell for cell in found if "Canary" in cell or "CANARY" in cell]


def test_under_the_alias_of_a_listing_nothing_leads_to_the_party_or_its_people(
    haifa, nablus, asker, asked
):
    """Neither to the page of its organisation nor to another of its listings."""
    nablus.verification_state, nablus.verified_on = "verified", date(2026, 3, 7)
    nablus.languages = ["ar", "en"]
    nablus.save()
    listing = make_listing(nablus, owner=asked, alias="Press by the road")
    sent = ask_introduction(listing, by=asker, asker=haifa, **FIVE)
    thread = accept_introduction(sent, by=asked)
    send_message(thread, by=asked, text="Words of the asked side")
    thread = Introduction.objects.with_parties().get(pk=thread.pk)
    found = cells(export_introduction(thread, by=asker))
    assert {"Press by the road", "Words of the asked side"} <= set(found)
    assert not {"2026-03-07", nablus.alias, asked.alias} & set(found)
    (message,) = introduction_face(thread, asker).messages
    assert message.author == "Press by the road"
    (message,) = introduction_face(thread, asked).messages
    assert message.author == asked.alias
    assert introduction_face(thread, asker).counterpart.languages == ()
    for stage in (Stage.FACTS, Stage.ORGANISATION):
        for person in (asker, asked):
            agree_to_step(thread, by=person, stage=stage)
    thread = Introduction.objects.with_parties().get(pk=thread.pk)
    (message,) = introduction_face(thread, asker).messages
    assert message.author == asked.alias


@pytest.mark.parametrize("end", [close_introduction, block_counterpart])
def test_after_the_end_it_holds_nothing_of_the_other_side(thread, asker, asked, end):
    end(thread, by=asker)
    thread.refresh_from_db()
    found = cells(export_introduction(thread, by=asker))
    assert "Words of the asked side" not in found
    theirs = cells(export_introduction(thread, by=asked))
    for name in ("i_bring", "i_need", "why_you", "first_step"):
        assert getattr(thread, name) not in theirs
    assert f"'{FORMULA}" not in theirs


def test_it_is_recorded_for_its_own_side_alone(client, thread, asked, haifa, nablus):
    client.force_login(asked)
    address = reverse("introductions:export", args=[thread.public_id])
    assert client.get(address).status_code == 405
    answer = client.post(address)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    (entry,) = Entry.objects.filter(kind=Entry.Kind.TAKEN)
    assert (entry.by, entry.subject) == (asked, nablus.public_id)
    assert entry.facts["id"] == str(thread.public_id)
    assert not Entry.objects.about([haifa.public_id]).filter(kind="taken").exists()


def test_nobody_else_takes_it_out_nor_who_only_reads(thread, nablus, haifa):
    viewer = make_member(nablus, role="viewer")
    with pytest.raises(NotAllowed):
        export_introduction(thread, by=viewer)
