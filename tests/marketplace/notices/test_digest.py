"""One letter for what waits, nothing twice, and a link that stops it."""

from datetime import time, timedelta

import pytest
from django.core import mail as django_mail
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from marketplace.exceptions import NotAllowed
from marketplace.introductions.notice_kinds import ASKED, MESSAGE
from marketplace.notices import delivery
from marketplace.notices.actions import keep_habits, notify, stop_mails
from marketplace.notices.delivery import deliver, revive, sweep
from marketplace.notices.models import MailHabits, Notice, OutgoingMail, habits_of
from marketplace.notices.stopping import SALT, read_token, stop_url
from marketplace.people.models import Discretion
from tests.factories import make_user

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


class Server:
    """Takes letters, or refuses as long as it is told to."""

    def __init__(self) -> None:
        self.taken, self.is_down = [], False

    def send_messages(self, messages):
        if self.is_down:
            raise ConnectionError
        self.taken += messages


@pytest.fixture
def server(monkeypatch):
    found = Server()
    monkeypatch.setattr(delivery, "connection", lambda: found)
    return found


@pytest.fixture
def reader():
    return make_user(discretion=Discretion.OPEN, time_zone="Asia/Hebron")


def later(**time_passed):
    OutgoingMail.objects.filter(
        state__in=[State.NEW, State.FAILED, State.SENDING]
    ).update(next_try_at=timezone.now() - timedelta(seconds=1), **time_passed)


def test_a_daily_reader_gets_one_letter_of_everything(server, reader):
    keep_habits(reader, by=reader, cadence="daily")
    for kind in (ASKED, MESSAGE, MESSAGE):
        notify(reader, kind)
    assert sweep() == 0
    later()
    assert sweep() == 1
    (letter,) = server.taken
    assert letter.subject == "3 things are new for you"
    assert "Somebody asks to be introduced to you." in letter.body
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {State.SENT}
    later()
    assert sweep() == 0


def test_a_neutral_digest_says_each_discreet_line_once_and_names_nothing(server):
    reader = make_user(discretion=Discretion.NEUTRAL)
    for kind in (ASKED, MESSAGE, MESSAGE):
        notify(reader, kind)
    sweep()
    (letter,) = server.taken
    assert letter.subject == "You have a new message"
    assert letter.body.count("There is news about an introduction.") == 1
    assert "message waits" not in letter.body


def test_what_rides_along_shares_the_fate_of_its_letter(server, reader):
    first, second = (notify(reader, kind).mail for kind in (ASKED, MESSAGE))
    server.is_down = True
    deliver(first.pk)
    server.is_down = False
    third = notify(reader, MESSAGE).mail
    later()
    sweep()
    by_id = {each.extra_headers["Message-ID"]: each for each in server.taken}
    assert len(server.taken) == 2
    assert "2 things" in by_id[first.message_id].subject
    assert third.message_id in by_id
    assert second.message_id not in by_id


def test_a_worker_killed_after_sending_repeats_the_same_letter(
    server, reader, monkeypatch
):
    first, _second = (notify(reader, kind).mail for kind in (ASKED, MESSAGE))

    def killed(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(delivery, "_finish", killed)
    with pytest.raises(KeyboardInterrupt):
        deliver(first.pk)
    monkeypatch.undo()
    monkeypatch.setattr(delivery, "connection", lambda: server)
    notify(reader, MESSAGE)
    OutgoingMail.objects.filter(pk=first.pk).update(lease_until=timezone.now())
    deliver(first.pk)
    one, other = server.taken
    assert one.extra_headers["Message-ID"] == other.extra_headers["Message-ID"]
    assert one.body == other.body


def test_a_letter_that_cannot_be_written_holds_no_other(server, reader):
    poison = notify(reader, ASKED)
    notify(reader, MESSAGE)
    Notice.objects.filter(pk=poison.pk).update(parameters=7)
    sweep()
    later()
    sweep()
    assert [each.subject for each in server.taken] == ["A new message"]
    assert OutgoingMail.objects.get(notice=poison).state == State.FAILED


def test_the_tries_end_after_a_day_and_staff_can_begin_anew(server, reader):
    first, second = (notify(reader, kind).mail for kind in (ASKED, MESSAGE))
    server.is_down = True
    for _try in range(len(delivery.BACK_OFF) + 1):
        deliver(first.pk)
        later()
    assert sum(delivery.BACK_OFF) == 24 * 60
    assert {row.state for row in OutgoingMail.objects.all()} == {State.DEAD}
    server.is_down = False
    revive()
    later()
    sweep()
    assert len(server.taken) == 1
    assert OutgoingMail.objects.get(pk=second.pk).state == State.SENT


def test_mail_waits_through_quiet_hours(server, reader):
    local = timezone.localtime(timezone.now(), timezone.get_fixed_timezone(0))
    reader.time_zone = "UTC"
    reader.save()
    start, end = (local + timedelta(hours=hours) for hours in (-1, 1))
    keep_habits(
        reader,
        by=reader,
        quiet_from=start.time().replace(microsecond=0),
        quiet_until=end.time().replace(microsecond=0),
    )
    mail = notify(reader, ASKED).mail
    assert timedelta(0) < mail.next_try_at - timezone.now() <= timedelta(hours=1)
    keep_habits(reader, by=reader, quiet_from=None, quiet_until=None)
    assert OutgoingMail.objects.get().next_try_at <= timezone.now()


def test_a_muted_topic_stays_on_the_site_and_writes_no_mail(server, reader):
    waiting = notify(reader, ASKED)
    stop_mails(reader, about="introductions")
    notify(reader, MESSAGE)
    sweep()
    assert server.taken == []
    assert waiting.mail.__class__.objects.get(notice=waiting).state == State.DROPPED
    assert Notice.objects.filter(recipient=reader).count() == 2


def test_the_header_and_the_foot_hold_a_link_that_stops_by_post_alone(
    client, server, reader
):
    notify(reader, ASKED)
    sweep()
    headers = server.taken[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = headers["List-Unsubscribe"].strip("<>")
    assert url in server.taken[0].body
    path = "/" + url.split("/", 3)[3]
    assert client.get(path).status_code == 200
    assert not MailHabits.objects.exists()
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert habits_of(reader).muted == ["introductions"]


def test_the_link_shows_nobody_and_a_changed_one_leads_nowhere(client, reader):
    url = stop_url(reader, "introductions")
    token = url.rstrip("/").rpartition("/")[2]
    assert reader.email not in url
    page = client.get(reverse("notices:stop", args=[token])).content.decode()
    assert reader.alias not in page
    assert reader.email not in page
    assert read_token(token) == (reader, "introductions")
    assert client.post(reverse("notices:stop", args=[token[:-1]])).status_code == 404
    timed = signing.dumps([reader.public_id.hex, "introductions"], salt=SALT)
    assert client.post(reverse("notices:stop", args=[timed])).status_code == 404


def test_the_page_keeps_what_was_chosen(client, reader):
    client.force_login(reader)
    fields = {
        "cadence": "weekly",
        "quiet_from": "21:30",
        "quiet_until": "07:00",
        "days_off": ["4", "5"],
        "wanted": ["introductions"],
    }
    assert client.post(reverse("notices:habits"), fields).status_code == 302
    kept = habits_of(reader)
    assert (kept.cadence, kept.quiet_from, kept.days_off) == (
        "weekly",
        time(21, 30),
        [4, 5],
    )
    assert "introductions" not in kept.muted
    assert "ventures" in kept.muted
    assert client.get(reverse("notices:habits")).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"days_off": list("0123456")},
        {"quiet_from": "21:00"},
        {"cadence": "hourly"},
    ],
)
def test_the_page_refuses_what_cannot_be(client, reader, wrong):
    client.force_login(reader)
    answer = client.post(reverse("notices:habits"), {"cadence": "now"} | wrong)
    assert answer.status_code == 422
    assert not MailHabits.objects.exists()


def test_nobody_keeps_the_habits_of_others(reader):
    with pytest.raises(NotAllowed):
        keep_habits(reader, by=make_user(), cadence="daily")
    assert django_mail.outbox == []
