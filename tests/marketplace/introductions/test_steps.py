"""Four steps: each opens by two clicks, one after the other, and can be stopped."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from marketplace.exceptions import MoveNotAllowed, NotAllowed
from marketplace.introductions.actions import (
    accept_introduction,
    agree_to_step,
    send_message,
    stop_step,
)
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import Introduction
from marketplace.introductions.steps import STEPS
from marketplace.notices.models import Notice, OutgoingMail
from marketplace.organisations.stage import stage_between
from marketplace.organisations.stages import Stage
from marketplace.ventures.permissions import can_propose
from tests.factories import make_member, make_organisation
from tests.introducing import agree_both, introduce

pytestmark = pytest.mark.django_db


def fresh(introduction):
    return Introduction.objects.with_parties().get(pk=introduction.pk)


@pytest.fixture
def accepted(introduction, asked):
    return accept_introduction(introduction, by=asked)


def rungs(introduction, asker, asked):
    """What each of the two sees of the other."""
    scope = introduction.listing.public_id
    return (
        stage_between(asker, introduction.asked, scope),
        stage_between(asked, introduction.asker, scope),
    )


def test_one_yes_opens_nothing(accepted, asker, asked):
    agree_to_step(accepted, by=asker, stage=Stage.FACTS)
    assert rungs(accepted, asker, asked) == (Stage.INTERESTED, Stage.INTERESTED)
    assert "CANARYFACTS" not in str(introduction_face(fresh(accepted), asked))


def test_the_second_yes_opens_the_step_both_ways(accepted, asker, asked):
    introduction = agree_both(accepted, asker, asked, upto=Stage.FACTS)
    assert rungs(introduction, asker, asked) == (Stage.FACTS, Stage.FACTS)
    seen = str(introduction_face(fresh(introduction), asked))
    assert "CANARYFACTS" in seen
    assert "Canary Haifa" not in seen


def test_steps_are_not_skipped(accepted, asker):
    with pytest.raises(MoveNotAllowed):
        agree_to_step(accepted, by=asker, stage=Stage.PERSON)


def test_a_rung_that_is_no_step_cannot_be_agreed_to(accepted, asker):
    for stage in (Stage.VENTURE, Stage.MATCHED, Stage.INTERESTED):
        with pytest.raises(MoveNotAllowed):
            agree_to_step(accepted, by=asker, stage=stage)


def test_nobody_agrees_before_the_request_is_accepted(introduction, asker):
    with pytest.raises(NotAllowed):
        agree_to_step(introduction, by=asker, stage=Stage.FACTS)


def test_nobody_agrees_for_others(accepted):
    stranger = make_member(make_organisation(side="ps"))
    with pytest.raises(NotAllowed):
        agree_to_step(accepted, by=stranger, stage=Stage.FACTS)


def test_agreeing_twice_is_one_yes(accepted, asker, asked):
    for _time in range(2):
        agree_to_step(accepted, by=asker, stage=Stage.FACTS)
    assert accepted.consents.filter(stage=Stage.FACTS).count() == 1
    assert rungs(accepted, asker, asked)[0] == Stage.INTERESTED


def test_a_late_second_click_agrees_to_no_further_step(accepted, asker, asked):
    agree_both(accepted, asker, asked, upto=Stage.FACTS)
    agree_to_step(accepted, by=asker, stage=Stage.FACTS)
    assert fresh(accepted).given_by(accepted.asker) == Stage.FACTS


def test_stopping_a_step_closes_it_and_all_that_follow(introduction, asker, asked):
    introduction = introduce(introduction, asker, asked)
    stop_step(introduction, by=asked, stage=Stage.ORGANISATION)
    assert rungs(introduction, asker, asked) == (Stage.FACTS, Stage.FACTS)
    assert "Canary" not in str(introduction_face(fresh(introduction), asker)).replace(
        "CANARYFACTS", ""
    )


def test_a_stopped_step_needs_both_anew(introduction, asker, asked):
    introduction = introduce(introduction, asker, asked)
    stop_step(introduction, by=asked, stage=Stage.PERSON)
    agree_to_step(introduction, by=asker, stage=Stage.PERSON)
    assert rungs(introduction, asker, asked)[1] == Stage.ORGANISATION
    agree_to_step(introduction, by=asked, stage=Stage.PERSON)
    assert rungs(introduction, asker, asked) == (Stage.PERSON, Stage.PERSON)


def test_a_yes_that_waits_can_be_taken_back_without_a_word(accepted, asker, asked):
    agree_to_step(accepted, by=asker, stage=Stage.FACTS)
    stop_step(accepted, by=asker, stage=Stage.FACTS)
    agree_to_step(accepted, by=asked, stage=Stage.FACTS)
    assert rungs(accepted, asker, asked)[0] == Stage.INTERESTED
    kinds = Notice.objects.filter(recipient=asked).values_list("kind", flat=True)
    assert "introductions.step_stopped" not in kinds


def test_mail_of_a_step_that_was_taken_back_stays_in_the_house(accepted, asker, asked):
    agree_to_step(accepted, by=asker, stage=Stage.FACTS)
    stop_step(accepted, by=asker, stage=Stage.FACTS)
    waiting = OutgoingMail.objects.get(notice__kind="introductions.step_wished")
    assert waiting.state == OutgoingMail.State.DROPPED


def test_every_step_is_logged(introduction, asker, asked):
    introduce(introduction, asker, asked)
    acts = ModelLogEntry.objects.filter(action="introductions.agree")
    assert [entry.data["stage"] for entry in acts.order_by("pk")] == [
        int(stage) for stage in STEPS for _side in range(2)
    ]


def test_a_venture_waits_for_the_last_step(accepted, asker, asked):
    agree_both(accepted, asker, asked, upto=Stage.ORGANISATION)
    assert not can_propose(asker, fresh(accepted))
    agree_both(accepted, asker, asked)
    assert can_propose(asker, fresh(accepted))


def test_messages_before_the_last_step_name_nobody(accepted, asker, asked):
    send_message(accepted, by=asker, text="Good morning")
    (message,) = introduction_face(fresh(accepted), asked).messages
    assert message.author == asker.alias


def test_the_page_walks_the_steps(client, accepted, asker, asked):
    address = accepted.get_absolute_url()
    agree = reverse("introductions:agree", args=[accepted.public_id, "facts"])
    for person, sees in ((asker, False), (asked, True)):
        client.force_login(person)
        assert agree in client.get(address).content.decode()
        client.post(agree)
        html = client.get(address).content.decode()
        assert ("CANARYFACTS" in html) == sees
    stop = reverse("introductions:stop", args=[accepted.public_id, "facts"])
    assert client.get(stop).status_code == 200
    client.post(stop)
    assert "CANARYFACTS" not in client.get(address).content.decode()


def test_an_unknown_step_is_no_page(client, accepted, asker):
    client.force_login(asker)
    for slug in ("nonsense", "venture", "matched"):
        stop = reverse("introductions:stop", args=[accepted.public_id, slug])
        assert client.get(stop).status_code == 404
