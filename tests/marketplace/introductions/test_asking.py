"""A request: drafted, sent, questioned once, reminded twice, never doubled."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.introductions.actions import (
    accept_introduction,
    answer_question,
    ask_introduction,
    ask_question,
    discard_draft,
    expire_introductions,
    remind_introductions,
    save_draft,
)
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import Introduction
from marketplace.notices.models import Notice
from marketplace.organisations.models import Disclosure
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db
Status = Introduction.Status


def told(person, kind):
    return Notice.objects.filter(recipient=person, kind=f"introductions.{kind}").count()


def move_clock(introduction, **left):
    """Let time pass until so much is left."""
    Introduction.objects.filter(pk=introduction.pk).update(
        expires_at=timezone.now() + timedelta(**left)
    )


# -- drafts ------------------------------------------------------------------------


def test_a_draft_is_kept_and_nobody_else_learns_of_it(listing, haifa, asker, asked):
    draft = save_draft(listing, by=asker, asker=haifa, i_bring="Half a sentence")
    assert draft.status == Status.DRAFT
    assert list(Introduction.objects.involving(asked)) == []
    assert not Disclosure.objects.exists()
    assert not Notice.objects.exists()


def test_a_draft_is_written_on_and_becomes_the_request(listing, haifa, asker):
    draft = save_draft(listing, by=asker, asker=haifa, i_bring="Half")
    again = save_draft(listing, by=asker, asker=haifa, i_bring="More")
    sent = ask_introduction(listing, by=asker, asker=haifa, **FIVE)
    assert draft.pk == again.pk == sent.pk
    assert sent.i_bring == FIVE["i_bring"]
    assert Introduction.objects.count() == 1


def test_a_draft_is_thrown_away_by_its_own_side_alone(listing, haifa, asker, asked):
    draft = save_draft(listing, by=asker, asker=haifa)
    with pytest.raises(NotAllowed):
        discard_draft(draft, by=asked)
    discard_draft(draft, by=asker)
    assert not Introduction.objects.exists()


def test_a_request_on_its_way_is_not_thrown_away(introduction, asker):
    with pytest.raises(NotAllowed):
        discard_draft(introduction, by=asker)


def test_the_form_keeps_what_is_half_written_and_shows_it_again(client, listing, asker):
    client.force_login(asker)
    address = reverse("introductions:ask", args=[listing.public_id])
    client.post(address, {"i_bring": "Half a sentence", "keep": "1"})
    assert "Half a sentence" in client.get(address).content.decode()
    assert address in client.get(reverse("introductions:list")).content.decode()
    client.post(address, {**FIVE, "asker": Introduction.objects.get().asker_id})
    assert Introduction.objects.get().status == Status.ASKED


def test_sending_twice_is_one_request_and_a_friendly_answer(
    client, listing, haifa, asker
):
    client.force_login(asker)
    address = reverse("introductions:ask", args=[listing.public_id])
    answers = [client.post(address, {**FIVE, "asker": haifa.pk}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Introduction.objects.count() == 1


# -- one question --------------------------------------------------------------------


def test_who_has_asked_is_led_to_what_was_asked_instead_of_a_form_it_would_refuse(
    client, introduction, asker, asked
):
    client.force_login(asker)
    address = reverse("introductions:ask", args=[introduction.listing.public_id])
    assert client.get(address)["Location"] == introduction.get_absolute_url()

    accept_introduction(introduction, by=asked)
    answer = client.get(address, follow=True)
    assert "You have already asked about this listing." in answer.content.decode()


def test_a_question_stops_the_clock_and_the_reply_starts_it_again(
    introduction, asker, asked
):
    move_clock(introduction, days=7)
    questioned = ask_question(introduction, by=asked, text="Which season?")
    assert questioned.status == Status.QUESTION
    move_clock(introduction, days=1)
    replied = answer_question(introduction, by=asker, text="Autumn")
    left = replied.expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    assert replied.status == Status.ASKED


def test_there_is_one_question_in_a_request(introduction, asker, asked):
    ask_question(introduction, by=asked, text="Which season?")
    answer_question(introduction, by=asker, text="Autumn")
    with pytest.raises(DomainError):
        ask_question(introduction, by=asked, text="And the price?")


def test_a_question_shows_nothing_of_who_asks_it(introduction, asker, asked, nablus):
    ask_question(introduction, by=asked, text="Which season?")
    face = introduction_face(
        Introduction.objects.with_parties().get(pk=introduction.pk), asker
    )
    assert face.question == "Which season?"
    assert nablus.alias not in str(face)
    assert told(asker, "question") == 1


def test_who_was_asked_may_accept_without_waiting_for_the_reply(introduction, asked):
    ask_question(introduction, by=asked, text="Which season?")
    accept_introduction(introduction, by=asked)


def test_only_the_asker_replies(introduction, asked):
    ask_question(introduction, by=asked, text="Which season?")
    with pytest.raises(NotAllowed):
        answer_question(introduction, by=asked, text="Autumn")


def test_a_question_nobody_answers_ends_without_blame(introduction, asked):
    ask_question(introduction, by=asked, text="Which season?")
    move_clock(introduction, seconds=-1)
    assert expire_introductions() == 1
    introduction.refresh_from_db()
    assert introduction.status == Status.EXPIRED
    assert not Disclosure.objects.live().exists()


def test_question_and_reply_walk_over_the_pages(client, introduction, asker, asked):
    client.force_login(asked)
    address = reverse("introductions:question", args=[introduction.public_id])
    assert client.get(address).status_code == 200
    assert client.post(address, {"text": "Which season?"}).status_code == 302
    client.force_login(asker)
    page = client.get(introduction.get_absolute_url()).content.decode()
    assert "Which season?" in page
    reply = reverse("introductions:reply", args=[introduction.public_id])
    assert client.post(reply, {"text": ""}).status_code == 422
    client.post(reply, {"text": "In autumn."})
    client.force_login(asked)
    assert "In autumn." in client.get(introduction.get_absolute_url()).content.decode()


# -- reminders -------------------------------------------------------------------------


def test_who_is_to_answer_is_reminded_twice_and_no_more(introduction, asker, asked):
    assert remind_introductions() == 0
    for days, reminders in ((6, 1), (2, 2), (1, 2)):
        move_clock(introduction, days=days)
        remind_introductions()
        remind_introductions()
        assert told(asked, "reminder") == reminders
    assert told(asker, "reminder") == 0


def test_a_worker_that_slept_sends_one_reminder_not_two(introduction, asked):
    move_clock(introduction, days=1)
    remind_introductions()
    assert told(asked, "reminder") == 1


def test_after_a_question_the_asker_is_reminded(introduction, asker, asked):
    ask_question(introduction, by=asked, text="Which season?")
    move_clock(introduction, days=1)
    remind_introductions()
    assert (told(asker, "reminder"), told(asked, "reminder")) == (1, 0)
