"""Messages: warned of contact details, counted while new, harmless, and reported."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse

from marketplace.exceptions import NotAllowed
from marketplace.introductions.actions import (
    accept_introduction,
    block_counterpart,
    close_concern,
    report_thread,
    send_message,
)
from marketplace.introductions.lines import introduction_line
from marketplace.introductions.models import Concern, Introduction, Message
from marketplace.introductions.unread import unread_messages
from marketplace.notices.models import Notice
from marketplace.people.permissions import holders_of
from marketplace.plain_text import clean_plain_text
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db
WITH_PHONE = "Call me, 052-123-4567, any evening."


@pytest.fixture
def thread(introduction, asked) -> Introduction:
    accept_introduction(introduction, by=asked)
    return Introduction.objects.get(pk=introduction.pk)


def post(client, thread, **fields):
    return client.post(
        reverse("introductions:message", args=[thread.public_id]), fields
    )


def test_a_message_with_a_telephone_number_comes_back_with_what_was_found(
    client, thread, asker
):
    client.force_login(asker)
    answer = post(client, thread, text=WITH_PHONE)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "052-123-4567</bdi> · telephone number" in page
    assert WITH_PHONE in page
    assert not Message.objects.exists()


def test_its_writer_may_send_it_anyway(client, thread, asker):
    client.force_login(asker)
    answer = post(client, thread, text=WITH_PHONE, looked="1")
    assert answer.status_code == 302
    assert Message.objects.get().text == WITH_PHONE


def test_a_plain_message_goes_at_once(client, thread, asker):
    client.force_login(asker)
    assert post(client, thread, text="Good morning, 12 tons").status_code == 302


@pytest.mark.parametrize("name", ["question", "decline"])
def test_every_text_of_an_introduction_is_looked_at(client, introduction, asked, name):
    client.force_login(asked)
    fields = {"text": WITH_PHONE, "note": WITH_PHONE, "because": "not_now"}
    address = reverse(f"introductions:{name}", args=[introduction.public_id])
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert "telephone number" in answer.content.decode()


def test_a_message_of_a_megabyte_is_refused_and_kept_nowhere(client, thread, asker):
    client.force_login(asker)
    assert post(client, thread, text="word " * 200_000).status_code == 422
    assert not Message.objects.exists()


def test_scripts_and_hidden_signs_reach_nobody(client, thread, asker, asked):
    client.force_login(asker)
    post(client, thread, text="<script>a()</script> b\u202ec\u200bd")
    client.force_login(asked)
    page = client.get(thread.get_absolute_url()).content.decode()
    assert "&lt;script&gt;a()&lt;/script&gt; bcd" in page
    assert "\u202e" not in page


@pytest.mark.parametrize("text", ["p\u0430ypal", "\u0410pple", "g\u03bfld"])
def test_letters_that_only_look_latin_are_refused(text):
    with pytest.raises(ValidationError):
        clean_plain_text(text)


@pytest.mark.parametrize("text", ["Привет всем", "10 µm", "5 kΩ", "λ-cell", "ab אב"])
def test_other_alphabets_and_units_are_not(text):
    assert clean_plain_text(text)


def test_new_messages_are_counted_until_their_reader_opens_the_thread(
    client, thread, asker, asked, nablus
):
    send_message(thread, by=asker, text="one")
    send_message(thread, by=asker, text="two")
    assert unread_messages(asked, [thread]) == {thread.public_id: 2}
    client.force_login(asked)
    assert (
        "2 new messages" in client.get(reverse("introductions:list")).content.decode()
    )
    page = client.get(thread.get_absolute_url()).content.decode()
    assert page.count('pill--need">New') == 2
    assert unread_messages(asked, [thread]) == {}


def test_nothing_tells_the_writer_that_it_was_read(client, thread, asker, asked):
    send_message(thread, by=asker, text="one")
    client.force_login(asker)
    before = client.get(thread.get_absolute_url()).content.decode()
    assert unread_messages(asker, [thread]) == {}
    client.force_login(asked)
    client.get(thread.get_absolute_url())
    client.force_login(asker)
    after = client.get(thread.get_absolute_url()).content.decode()
    marks = ("csrfmiddlewaretoken", 'name="once"', "nonce")
    assert [x for x in before.splitlines() if not any(m in x for m in marks)] == [
        x for x in after.splitlines() if not any(m in x for m in marks)
    ]


def test_a_thread_that_ended_counts_nothing(thread, asker, asked, haifa):
    send_message(thread, by=asker, text="one")
    block_counterpart(thread, by=asked)
    ended = Introduction.objects.get(pk=thread.pk)
    assert unread_messages(asked, [ended]) == {}
    assert introduction_line(ended, haifa).unread == 0
    with pytest.raises(NotAllowed):
        send_message(ended, by=asker, text="two")


def test_staff_read_a_report_with_what_the_other_side_wrote(thread, asker, asked):
    safety = make_user(is_staff=True)
    _let(safety, "change_concern")
    send_message(thread, by=asker, text="Pay first")
    send_message(thread, by=asked, text="Our own words")
    concern = report_thread(thread, because="money", by=asked)
    kept = Concern.objects.get()
    assert kept.quotes == ["Pay first"]
    assert "Pay first" not in kept.sealed_quotes
    assert kept.about == thread.asker
    assert Notice.objects.filter(recipient=safety).count() == 1
    assert not Notice.objects.filter(
        recipient=asker, kind__startswith="introductions.report"
    )
    close_concern(concern, outcome="Talked to them", by=safety)
    assert Notice.objects.filter(
        recipient=asked, kind="introductions.report_closed"
    ).exists()


def test_a_second_report_adds_to_the_first(thread, asker):
    report_thread(thread, because="other", note="a", by=asker)
    report_thread(thread, because="money", note="b", by=asker)
    assert Concern.objects.get().note == "a\nb"


def test_outsiders_neither_report_nor_settle(thread, asked):
    with pytest.raises(NotAllowed):
        report_thread(thread, because="other", by=make_user())
    concern = report_thread(thread, because="other", by=asked)
    with pytest.raises(NotAllowed):
        close_concern(concern, outcome="no", by=asked)


def test_four_taps_lead_to_a_report(client, thread, nablus):
    client.force_login(make_member(nablus, role="viewer"))
    address = reverse("introductions:report", args=[thread.public_id])
    assert address in client.get(thread.get_absolute_url()).content.decode()
    answer = client.post(address, {"because": "pressure"})
    assert answer.status_code == 302
    assert Concern.objects.get().reason == "pressure"


def _let(user, codename):
    user.user_permissions.add(Permission.objects.get(codename=codename))
    assert user in holders_of(f"introductions.{codename}")
