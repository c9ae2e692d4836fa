"""A card says what its reader can do next, and nothing of what the owner keeps."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation

from marketplace.introductions.actions import (
    ask_introduction,
    block_owner,
    decline_introduction,
    pause_requests,
)
from marketplace.introductions.models import Introduction
from marketplace.listings.models import Listing
from marketplace.listings.next_steps import Step
from marketplace.organisations.actions import set_avoidances
from marketplace.taxonomy.models import Place
from search.cards import cards_of
from tests.factories import make_listing, make_member, make_organisation
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db


@pytest.fixture
def haifa():
    place = Place.objects.get_or_create(slug="haifa", defaults={"name_en": "Haifa"})[0]
    return make_organisation(side="il", place=place)


@pytest.fixture
def reader(haifa):
    return make_member(haifa)


def hidden_listing(side: str = "ps") -> Listing:
    """What shows of any two of these is the same."""
    return make_listing(make_organisation(side=side), title="Olive oil", anonymous=True)


def card_of(listing: Listing, reader: object):
    return cards_of(Listing.objects.visible_to(reader), [listing.pk], reader)[
        listing.pk
    ]


def written(listing: Listing, reader: object) -> str:
    """The card as it is sent, but for the ids that it is about."""
    card = card_of(listing, reader)
    html = render_to_string("search/_cards.html", {"cards": [card], "signed_in": True})
    for name in filter(None, (listing.public_id, card.asked)):
        html = html.replace(str(name), "").replace(name.hex, "")
    return html


def ask(listing: Listing, reader: object) -> Introduction:
    asker = reader.memberships.get().organisation
    return ask_introduction(listing, by=reader, asker=asker, **FIVE)


@pytest.fixture
def kept_back(haifa, reader):
    """Listings whose owners would not meet the reader's side, each for its own cause."""
    blocking, avoiding, resting, same_side = map(
        hidden_listing, ("ps", "ps", "ps", "il")
    )
    named = make_listing(haifa, owner=reader)
    block_owner(named, by=blocking.owner, organisation=blocking.organisation)
    set_avoidances(
        avoiding.organisation, by=avoiding.owner, places=[haifa.place], sectors=[]
    )
    pause_requests(resting, by=resting.owner)
    return {
        "blocking": blocking,
        "avoiding": avoiding,
        "resting": resting,
        "same side": same_side,
    }


def test_a_card_tells_nothing_that_its_owner_keeps(reader, kept_back):
    plain = written(hidden_listing(), reader)
    assert "Ask for an introduction" in plain
    for cause, listing in kept_back.items():
        assert written(listing, reader) == plain, cause


def test_a_request_that_never_arrives_shows_like_one_that_waits(reader, kept_back):
    plain = hidden_listing()
    ask(plain, reader)
    waiting = written(plain, reader)
    assert "Your introduction" in waiting
    for cause in ("blocking", "avoiding"):
        assert ask(kept_back[cause], reader).silenced_at
        assert written(kept_back[cause], reader) == waiting, cause


def test_a_card_leads_to_the_own_request_until_it_ends(reader):
    listing = hidden_listing()
    request = ask(listing, reader)
    card = card_of(listing, reader)
    assert (card.step, card.asked) == (Step.OPEN, request.public_id)
    decline_introduction(request, by=listing.owner, because="busy")
    card = card_of(listing, reader)
    assert (card.step, card.asked) == (Step.ASK, None)


def test_requests_of_others_and_to_oneself_change_no_card(reader):
    listing, theirs = hidden_listing(), hidden_listing()
    ask(listing, make_member(make_organisation(side="il")))
    ask(make_listing(reader.memberships.get().organisation), theirs.owner)
    assert card_of(listing, reader).step == Step.ASK
    assert card_of(theirs, reader).step == Step.ASK


def test_a_card_names_the_language_of_its_text_where_the_reader_reads_in_another():
    anyone = AnonymousUser()
    there = {
        written_in: "Written in" in written(make_listing(written_in=written_in), anyone)
        for written_in in ("en", "he", "ar")
    }
    assert there == {"en": False, "he": True, "ar": True}
    with translation.override("ar"):
        assert "كُتب بالعبرية" in written(make_listing(written_in="he"), anyone)


def test_a_visitor_is_told_to_log_in_and_led_on_to_the_request():
    listing = hidden_listing()
    html = written(listing, AnonymousUser())
    assert "Log in to ask for an introduction" in html
    assert "?next=/en/introductions/ask/" in html
