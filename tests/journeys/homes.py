"""Organisations of a journey, what they post, and where one of them looks on."""

from django.utils import timezone

from marketplace.introductions.actions import ask_introduction
from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.taxonomy.models import Capability, Place, Sector
from marketplace.ventures.actions import (
    VentureText,
    agree_to_observer,
    become_observer,
    invite_observer,
    propose_venture,
)
from marketplace.ventures.models import Observer
from tests.factories import make_listing, make_member, make_organisation
from tests.introducing import introduce
from tests.journeys.words import PRESS, SHOP, WORDS


def make_post(organisation: Organisation, part: str, language: str) -> Listing:
    words = WORDS[part, language]
    kind, brings, needs = {
        PRESS: ("offer", "olive-pressing", "distribution"),
        SHOP: ("need", "distribution", "olive-pressing"),
    }[part]
    capability = {row.slug: row for row in Capability.objects.all()}
    return make_listing(
        organisation,
        kind=kind,
        title=words.title,
        summary=words.summary,
        details=words.purpose,
        written_in=language,
        languages=[language],
        place=organisation.place,
        sectors=[Sector.objects.get(code="1040")],
        brings=[capability[brings], words.brings],
        needs=[capability[needs], words.needs],
    )


def make_home(part: str, side: str, place: str, language: str) -> Organisation:
    words = WORDS[part, language]
    return make_organisation(
        side=side,
        alias=words.alias,
        descriptor=words.descriptor,
        legal_name=words.legal_name,
        place=Place.objects.get(slug=place),
        languages=[language],
    )


def make_seat(press: Organisation, shop: Organisation, language: str) -> Observer:
    """The press looks on at what the shop has begun with a third party."""
    words = WORDS[SHOP, language]
    third = make_home(SHOP, "third", "haifa", language)
    guest = make_member(third, language=language, alias=words.alias)
    owner, keeper = (home.memberships.get().user for home in (press, shop))
    for home, person in ((press, owner), (shop, keeper)):
        listing = make_post(home, SHOP, language)
        sent = ask_introduction(listing, by=guest, asker=third, **words.answers)
        met = introduce(sent, guest, person)
    text = VentureText(
        title=words.venture,
        purpose=words.purpose,
        governing_language=language,
        starts_on=timezone.localdate(),
        ends_on=None,
        fee_currency="USD",
        ownership={shop: 5000, third: 5000},
    )
    venture = propose_venture(met, by=guest, text=text)
    seat = invite_observer(venture, press, by=guest)
    agree_to_observer(seat, by=keeper)
    return become_observer(seat, by=owner)
