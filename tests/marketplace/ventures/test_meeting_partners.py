"""From a venture to a meeting: with which partner is said by name."""

import pytest
from django.urls import reverse

from marketplace.introductions.actions import ask_introduction, close_introduction
from marketplace.introductions.models import Introduction
from marketplace.ventures.actions import propose_venture, sign_venture
from marketplace.ventures.partners import partner_names
from tests.factories import make_listing, make_member, make_organisation
from tests.introducing import introduce
from tests.marketplace.ventures.test_actions import (
    FIVE,
    introduction,
    people,
    sides,
    text_of,
)

__all__ = ["introduction", "people", "sides"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def third():
    return make_organisation(side="third")


@pytest.fixture
def guest(third):
    return make_member(third)


@pytest.fixture
def of_three(introduction, sides, people, third, guest):
    """Three partners, each of whom has met the other two."""
    for side, person in zip(sides, people, strict=True):
        listing = make_listing(side, owner=person)
        asked = ask_introduction(listing, by=guest, asker=third, **FIVE)
        introduce(asked, guest, person)
    shares = dict(zip((*sides, third), (3_334, 3_333, 3_333), strict=True))
    venture = propose_venture(introduction, by=people[0], text=text_of(shares))
    for person in (*people, guest):
        venture = sign_venture(venture, by=person, text_hash=venture.text_hash())
    return venture


def buttons(client, person, venture) -> dict[str, str]:
    """The address behind each partner's name."""
    client.force_login(person)
    answer = client.get(venture.get_absolute_url())
    html = answer.content.decode()
    met = {
        each.name: reverse("meetings:detail", args=[each.introduction_id])
        for each in answer.context["met_over"]
    }
    for name, path in met.items():
        assert f'href="{path}"><span>Meet <bdi>{name}</bdi>' in html
    assert html.count(">Meet <bdi>") == len(met)
    return met


def between(*organisations) -> str:
    row = Introduction.objects.get(asker__in=organisations, asked__in=organisations)
    return reverse("meetings:detail", args=[row.public_id])


def test_each_partner_of_three_is_named_and_leads_to_its_own_thread(
    client, of_three, sides, people, third, guest
):
    names = {
        party.organisation_id: partner_names(of_three)[party.pk]
        for party in of_three.parties.all()
    }
    everybody = dict(zip((*sides, third), (*people, guest), strict=True))
    for own, person in everybody.items():
        others = [each for each in everybody if each != own]
        expected = {names[each.pk]: between(own, each) for each in others}
        assert buttons(client, person, of_three) == expected


def test_who_has_parted_from_a_partner_meets_the_others(
    client, of_three, introduction, sides, people, third
):
    close_introduction(introduction, by=people[1])
    met = buttons(client, people[0], of_three)
    assert list(met.values()) == [between(sides[0], third)]
