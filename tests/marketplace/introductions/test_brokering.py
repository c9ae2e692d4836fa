"""A facilitator does what a mandate says and no more, and the client reads it all."""

import pytest
from django.urls import reverse

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.facilitation.actions import give_mandate, revoke_mandates
from marketplace.facilitation.models import Act, DoneForClient, Facilitator
from marketplace.introductions.actions import (
    accept_introduction,
    add_context,
    agree_to_step,
    answer_question,
    ask_question,
    decline_introduction,
    expire_introductions,
    hold_introduction,
    release_introduction,
)
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import Introduction
from marketplace.notices.models import Notice
from marketplace.organisations.models import Membership
from marketplace.organisations.stages import Stage
from tests.factories import make_member, make_organisation, make_user
from tests.introducing import introduce
from tests.marketplace.introductions.test_asking import move_clock

pytestmark = pytest.mark.django_db
Status = Introduction.Status


def facilitator_of(side, **fields):
    user = make_user(alias=f"Facilitator {side}")
    return Facilitator.objects.create(user=user, side=side, **fields)


@pytest.fixture
def helper(introduction, asked, nablus):
    """One of the asked side, with every mandate there is."""
    helper = facilitator_of("ps")
    give(introduction, nablus, helper, asked, *Act.values)
    return helper.user


def give(introduction, organisation, helper, by, *acts):
    about = introduction.public_id
    return give_mandate(organisation, helper, by=by, about=about, acts=acts)


def fresh(introduction):
    return Introduction.objects.with_parties().get(pk=introduction.pk)


def test_without_a_mandate_a_facilitator_is_a_stranger(introduction):
    stranger = facilitator_of("ps").user
    assert list(Introduction.objects.involving(stranger)) == []
    with pytest.raises(NotAllowed):
        accept_introduction(introduction, by=stranger)


def test_a_facilitator_answers_and_the_client_reads_by_whom(
    introduction, helper, asked
):
    accept_introduction(introduction, by=helper)
    (done,) = introduction_face(fresh(introduction), asked).done_for_us
    assert (done.facilitator, done.act) == ("Facilitator ps", "accepted the request")


def test_the_other_side_reads_no_log_of_the_client(introduction, helper, asker):
    accept_introduction(introduction, by=helper)
    assert introduction_face(fresh(introduction), asker).done_for_us == ()


def test_nobody_answers_for_the_other_side_of_their_own_request(
    introduction, helper, haifa
):
    Membership.objects.create(organisation=haifa, user=helper, role="viewer")
    for act in (accept_introduction, hold_introduction):
        with pytest.raises(NotAllowed):
            act(introduction, by=helper)
    face = introduction_face(fresh(introduction), helper)
    may = (face.may_answer, face.may_hold, face.may_add_context)
    assert may == (False, False, False)


def test_acts_of_the_clients_own_people_are_not_stamped(introduction, helper, asked):
    accept_introduction(introduction, by=asked)
    assert not DoneForClient.objects.exists()


def test_a_mandate_covers_its_acts_alone(introduction, nablus, asked):
    helper = facilitator_of("ps")
    give(introduction, nablus, helper, asked, Act.HOLD)
    with pytest.raises(NotAllowed):
        accept_introduction(introduction, by=helper.user)
    hold_introduction(introduction, by=helper.user)


def test_a_mandate_taken_back_ends_at_once(introduction, helper, nablus, asked):
    revoke_mandates(nablus, by=asked, about=introduction.public_id)
    with pytest.raises(NotAllowed):
        accept_introduction(introduction, by=helper)
    assert list(Introduction.objects.involving(helper)) == []


def test_a_mandate_for_one_introduction_is_none_for_another(
    introduction, helper, nablus, asked
):
    other = make_organisation(side="il")
    sent = Introduction.objects.create(
        asker=other,
        asked=nablus,
        asked_by=make_member(other),
        listing=introduction.listing,
        status=Status.ASKED,
    )
    with pytest.raises(NotAllowed):
        accept_introduction(sent, by=helper)


def test_no_facilitator_agrees_to_a_step(introduction, helper, asked):
    accept_introduction(introduction, by=asked)
    with pytest.raises(NotAllowed):
        agree_to_step(introduction, by=helper, stage=Stage.FACTS)


def test_a_facilitator_sees_no_more_than_facts(
    client, introduction, helper, asker, asked
):
    introduction = introduce(introduction, asker, asked)
    seen = str(introduction_face(fresh(introduction), helper))
    assert "CANARYFACTS" in seen
    assert "Canary Haifa" not in seen
    assert asker.email not in seen
    client.force_login(helper)
    lines = client.get(reverse("introductions:list")).context["lines"]
    assert [line.url for line in lines] == [introduction.get_absolute_url()]
    assert "Canary Haifa" not in str(lines)


def test_holding_stops_the_clock_and_letting_go_starts_it(introduction, helper, asker):
    move_clock(introduction, days=3)
    held = hold_introduction(introduction, by=helper)
    assert held.status == Status.HELD
    assert introduction_face(fresh(introduction), asker).is_waiting
    released = release_introduction(introduction, by=helper)
    assert released.status == Status.ASKED
    assert (released.expires_at - held.asked_at).days in (2, 3)


def test_a_hold_ends_by_itself_and_the_request_waits_on(introduction, helper):
    hold_introduction(introduction, by=helper)
    move_clock(introduction, seconds=-1)
    assert expire_introductions() == 0
    introduction.refresh_from_db()
    assert introduction.status == Status.ASKED


def test_a_request_is_held_once_and_ends_at_last(introduction, helper):
    hold_introduction(introduction, by=helper)
    release_introduction(introduction, by=helper)
    with pytest.raises(DomainError, match="held once"):
        hold_introduction(introduction, by=helper)
    assert not introduction_face(fresh(introduction), helper).may_hold


def test_a_facilitator_hears_of_a_mandate_once_a_day(introduction, nablus, asked):
    helper = facilitator_of("ps")
    for acts in ((Act.HOLD,), (Act.HOLD, Act.CONTEXT), (Act.ANSWER,)):
        give(introduction, nablus, helper, asked, *acts)
    (told,) = Notice.objects.to(helper.user)
    assert (told.kind, told.url) == (
        "facilitation.trusted",
        introduction.get_absolute_url(),
    )


def test_the_clients_own_people_do_not_hold(introduction, asked):
    with pytest.raises(NotAllowed):
        hold_introduction(introduction, by=asked)


def test_context_is_read_by_both_with_the_alias_of_its_writer(
    introduction, helper, asker, asked
):
    add_context(introduction, by=helper, text="They ask carefully, and mean it.")
    for person, is_mine in ((asker, False), (asked, True)):
        (line,) = introduction_face(fresh(introduction), person).context
        assert (line.facilitator, line.is_mine) == ("Facilitator ps", is_mine)


def test_the_asking_side_has_a_facilitator_of_its_own(
    introduction, haifa, asker, asked
):
    helper = facilitator_of("il")
    give(introduction, haifa, helper, asker, Act.REPLY)
    ask_question(introduction, by=asked, text="Which season?")
    answer_question(introduction, by=helper.user, text="Autumn")
    assert DoneForClient.objects.get().organisation == haifa


def test_a_facilitator_of_the_other_side_is_refused(introduction, nablus, asked):
    with pytest.raises(NotAllowed):
        give(introduction, nablus, facilitator_of("il"), asked, Act.ANSWER)


def test_only_the_side_itself_gives_a_mandate(introduction, nablus, asker):
    with pytest.raises(NotAllowed):
        give(introduction, nablus, facilitator_of("ps"), asker, Act.ANSWER)


def test_a_full_facilitator_takes_on_no_more(introduction, nablus, asked):
    helper = facilitator_of("ps", most_cases=1)
    give(introduction, nablus, helper, asked, Act.HOLD)
    give(introduction, nablus, helper, asked, Act.ANSWER)  # the same case
    other = make_organisation(side="ps")
    with pytest.raises(DomainError):
        give_mandate(
            other,
            helper,
            by=make_member(other),
            about=other.public_id,
            acts=[Act.HOLD],
        )


def test_a_case_that_ended_makes_room(introduction, helper):
    assert Facilitator.objects.get(user=helper).open_cases == 1
    decline_introduction(introduction, by=helper, because="not_now")
    assert Facilitator.objects.get(user=helper).open_cases == 0
    assert list(Introduction.objects.involving(helper)) == []


def test_mandate_and_acts_walk_over_the_pages(client, introduction, asked, nablus):
    helper = facilitator_of("ps")
    client.force_login(asked)
    address = reverse("introductions:mandate", args=[introduction.public_id])
    assert "Facilitator ps" in client.get(address).content.decode()
    client.post(address, {"facilitator": helper.pk, "acts": ["hold", "context"]})
    client.force_login(helper.user)
    listed = client.get(reverse("introductions:list")).content.decode()
    assert introduction.get_absolute_url() in listed
    client.post(reverse("introductions:hold", args=[introduction.public_id]))
    write = reverse("introductions:context", args=[introduction.public_id])
    assert client.get(write).status_code == 200
    client.post(write, {"text": "A line of context."})
    client.force_login(asked)
    page = client.get(introduction.get_absolute_url()).content.decode()
    assert "A line of context." in page
    assert "held the request" in page
    client.post(reverse("introductions:revoke_mandate", args=[introduction.public_id]))
    client.force_login(helper.user)
    assert client.get(introduction.get_absolute_url()).status_code == 404
