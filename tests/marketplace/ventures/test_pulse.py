"""Partners say how it goes, are asked lightly, and find ways on; all by acts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.notices.models import Notice
from marketplace.ventures.actions import (
    ask_ventures,
    choose_way_on,
    confirm_stand,
    propose_venture,
    set_pulse,
    sign_venture,
    snooze_pulse,
)
from marketplace.ventures.faces import venture_face
from marketplace.ventures.honesty import Stand
from marketplace.ventures.models import Confirmation, JointVenture, Pulse, WayOn
from tests.factories import make_user
from tests.marketplace.ventures.test_actions import (
    introduction,
    people,
    sides,
    text_of,
)

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "sides"]


@pytest.fixture
def proposal(introduction, people, sides) -> JointVenture:
    text = text_of({sides[0]: 5000, sides[1]: 5000})
    return propose_venture(introduction, by=people[0], text=text)


@pytest.fixture
def venture(proposal, people) -> JointVenture:
    for person in people:
        sign_venture(proposal, by=person, text_hash=proposal.text_hash())
    return JointVenture.objects.get(pk=proposal.pk)


def label(venture, person) -> str:
    return venture_face(venture, person).pulse.label


def told(person, kind: str) -> int:
    return Notice.objects.filter(recipient=person, kind=f"ventures.{kind}").count()


def test_the_label_waits_for_both_and_follows_the_more_cautious(venture, people):
    one, other = people
    confirm_stand(venture, by=one, stand=Stand.RESULTS)
    assert label(venture, one) == label(venture, other) == ""
    confirm_stand(venture, by=other, stand=Stand.TRYING)
    assert label(venture, one) == "a first step is being tried"
    for _again in range(3):
        confirm_stand(venture, by=one, stand=Stand.RESULTS)
    assert label(venture, other) == "a first step is being tried"
    assert told(other, "stand_said") == 1  # unread, it stands for all


def test_a_word_grows_old(venture, people):
    for person in people:
        confirm_stand(venture, by=person, stand=Stand.WORKING)
    Confirmation.objects.update(said_at=timezone.now() - timedelta(days=61))
    assert label(venture, people[0]) == "contact kept, no result yet"
    Confirmation.objects.update(said_at=timezone.now() - timedelta(days=121))
    assert label(venture, people[0]) == ""


def test_nothing_is_said_of_a_text_that_waits_for_signatures(proposal, people):
    assert venture_face(proposal, people[0]).pulse is None
    with pytest.raises(DomainError):
        confirm_stand(proposal, by=people[0], stand=Stand.RESULTS)


def test_strangers_say_nothing(venture):
    for act, words in (
        (confirm_stand, {"stand": Stand.CONTACT}),
        (snooze_pulse, {}),
        (set_pulse, {"every": 14}),
        (choose_way_on, {"way": "contact"}),
    ):
        with pytest.raises(NotAllowed):
            act(venture, by=make_user(), **words)


def test_a_reason_stands_with_a_standstill_alone(venture, people):
    stalled = confirm_stand(
        venture, by=people[0], stand=Stand.STALLED, because="permit"
    )
    going = confirm_stand(venture, by=people[0], stand=Stand.TRYING, because="permit")
    assert (stalled.because, going.because) == ("permit", "")


def test_each_partner_is_asked_once_when_its_day_has_come(venture, people):
    assert ask_ventures() == 0
    Pulse.objects.update(ask_on=timezone.localdate())
    assert ask_ventures() == 2
    assert ask_ventures() == 0
    assert told(people[0], "heartbeat") == told(people[1], "heartbeat") == 1


def test_an_answer_a_cadence_and_a_snooze_move_the_day(venture, people):
    today = timezone.localdate()
    one, other = people
    set_pulse(venture, by=one, every=90)
    confirm_stand(venture, by=one, stand=Stand.CONTACT)
    snooze_pulse(venture, by=other)
    days = {
        row.party.organisation_id: (row.ask_on - today).days
        for row in Pulse.objects.all()
    }
    assert sorted(days.values()) == [14, 90]


def test_a_venture_that_stands_still_offers_five_ways_and_keeps_the_choice(
    client, venture, people
):
    client.force_login(people[0])
    page = client.get(venture.get_absolute_url()).content.decode()
    assert "Five ways on" not in page
    for person in people:
        confirm_stand(venture, by=person, stand=Stand.STALLED, because="events")
    page = client.get(venture.get_absolute_url()).content.decode()
    assert len(WayOn.Way.values) == 5
    assert all(f'<option value="{way}">' in page for way in WayOn.Way.values)
    answer = client.post(
        reverse("ventures:way_on", args=[venture.public_id]), {"way": "arrangement"}
    )
    assert answer.status_code == 302
    assert WayOn.objects.get().way == "arrangement"
    assert told(people[1], "way_chosen") == 1


def test_the_page_takes_a_word_and_says_what_it_refuses(client, venture, people):
    client.force_login(people[1])
    address = reverse("ventures:confirm", args=[venture.public_id])
    assert client.post(address, {"stand": "9"}).status_code == 422
    assert client.post(address, {"stand": "2"}).status_code == 302
    assert Confirmation.objects.get().stand == Stand.CONTACT
    pulse = reverse("ventures:pulse", args=[venture.public_id])
    assert client.post(pulse, {"every": "14"}).status_code == 302
    assert client.post(pulse, {"snooze": "1"}).status_code == 302
    assert client.post(pulse, {"every": "1"}).status_code == 422
