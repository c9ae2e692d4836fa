"""Outgoing mail: rows before messages, one send a mail, nobody held up."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from marketplace.notices import delivery
from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind, register
from marketplace.notices.models import Notice, OutgoingMail
from marketplace.people.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
State = OutgoingMail.State

PLAIN = register(
    NoticeKind(
        "plain", "tests", "Something happened to %(title)s.", "Something happened."
    )
)
BROKEN = register(
    NoticeKind("broken", "tests", "Broken", "Broken", "tests/email/no_such.txt")
)


class MailServer(BaseEmailBackend):
    """A stub of the way out: keeps what it was given, and fails when told to."""

    sent: list[str] = []
    fail_with: BaseException | None = None
    dies_after_accepting = False

    def send_messages(self, email_messages):
        if MailServer.fail_with is not None:
            raise MailServer.fail_with
        MailServer.sent += [m.extra_headers["Message-ID"] for m in email_messages]
        if MailServer.dies_after_accepting:
            raise SystemExit  # the worker is killed between the 250 and our commit
        return len(email_messages)


@pytest.fixture
def server(settings):
    settings.DELIVERY_EMAIL_BACKEND = f"{__name__}.MailServer"
    MailServer.sent, MailServer.fail_with = [], None
    MailServer.dies_after_accepting = False
    return MailServer


def waiting_mail(kind: NoticeKind = PLAIN, **fields: object) -> OutgoingMail:
    """A notice whose wake-up was lost, as after a crash: only the row is there."""
    notice = notify(make_user(discretion=1, **fields), kind, title="Olives")
    return notice.mail


def later(mail: OutgoingMail, **wait: int) -> None:
    """Let time pass for one row: its times move into the past."""
    mail.refresh_from_db()
    span = timedelta(**wait)
    if mail.lease_until:
        mail.lease_until -= span
    mail.next_try_at -= span
    mail.save()


def test_a_mail_is_sent_when_the_act_is_committed(
    server, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        mail = waiting_mail()
        assert server.sent == []
    assert server.sent == [mail.message_id]


@transaction.atomic
def failing_act(reader: User) -> None:
    notify(reader, PLAIN, title="Olives")
    raise RuntimeError


def test_an_act_that_is_rolled_back_leaves_no_notice_and_no_mail(server):
    with pytest.raises(RuntimeError):
        failing_act(make_user())
    assert not Notice.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert server.sent == []


def test_the_sweep_sends_what_no_task_sent(server):
    mail = waiting_mail()
    call_command("send_mail", verbosity=0)
    mail.refresh_from_db()
    assert server.sent == [mail.message_id]
    assert mail.state == State.SENT


def test_two_runs_send_a_mail_once(server):
    mail = waiting_mail()
    assert delivery.deliver(mail.pk) is True
    assert delivery.deliver(mail.pk) is False
    assert server.sent == [mail.message_id]


def test_a_mail_that_another_worker_holds_is_left_alone(server):
    mail = waiting_mail()
    assert delivery.claim(mail.pk) is not None
    assert delivery.claim(mail.pk) is None
    assert delivery.sweep() == 0
    assert server.sent == []


def test_the_mail_of_a_dead_worker_is_sent_after_its_lease(server):
    mail = waiting_mail()
    delivery.claim(mail.pk)  # killed before it sent anything
    later(mail, minutes=6)
    assert delivery.sweep() == 1
    assert server.sent == [mail.message_id]


def test_a_worker_killed_after_sending_sends_again_under_the_same_message_id(server):
    mail = waiting_mail()
    server.dies_after_accepting = True
    with pytest.raises(SystemExit):
        delivery.deliver(mail.pk)
    server.dies_after_accepting = False
    assert delivery.sweep() == 0, "the lease still runs"
    later(mail, minutes=6)
    assert delivery.sweep() == 1
    assert server.sent == [mail.message_id] * 2, "a receiver shows it once"


def test_a_late_worker_does_not_undo_what_its_successor_did(server):
    mail = waiting_mail()
    slow = delivery.claim(mail.pk)
    later(mail, minutes=6)
    delivery.sweep()
    delivery._fail(slow, "TimeoutError")
    mail.refresh_from_db()
    assert mail.state == State.SENT


def test_a_mail_that_cannot_be_written_holds_no_other(server):
    poison, sound = waiting_mail(BROKEN), waiting_mail()
    assert delivery.sweep() == 1
    poison.refresh_from_db()
    assert server.sent == [sound.message_id]
    assert (poison.state, poison.last_error_class) == (
        State.FAILED,
        "TemplateDoesNotExist",
    )


def test_the_wait_between_tries_grows_and_ends_after_a_day(server):
    server.fail_with = ConnectionRefusedError()
    mail = waiting_mail()
    waits = []
    for _ in range(len(delivery.BACK_OFF)):
        before = timezone.now()
        delivery.deliver(mail.pk)
        mail.refresh_from_db()
        assert mail.state == State.FAILED
        waits.append((mail.next_try_at - before).total_seconds() // 60)
        later(mail, days=1, minutes=1)
    delivery.deliver(mail.pk)
    mail.refresh_from_db()
    assert waits == sorted(waits)
    assert waits[0] == 1
    assert sum(waits) == 24 * 60
    assert mail.state == State.DEAD
    assert mail.last_error_class == "ConnectionRefusedError"


def test_a_mail_given_up_can_be_tried_anew(server):
    mail = waiting_mail()
    OutgoingMail.objects.update(state=State.DEAD, tries=11)
    call_command("send_mail", verbosity=0)
    assert server.sent == []
    call_command("send_mail", retry=True, verbosity=0)
    assert server.sent == [mail.message_id]


def test_a_failed_mail_waits_for_its_time(server):
    server.fail_with = TimeoutError()
    mail = waiting_mail()
    delivery.deliver(mail.pk)
    server.fail_with = None
    assert delivery.sweep() == 0
    later(mail, minutes=2)
    assert delivery.sweep() == 1


def test_what_arrived_rendered_waits_sealed_and_is_wiped_once_sent(server, settings):
    settings.EMAIL_BACKEND = "marketplace.notices.backends.OutboxBackend"
    outbox.send_mail("Canary subject", "Canary body", None, ["stranger@else.example"])
    mail = OutgoingMail.objects.get()
    assert mail.body == "Canary body"
    row = str(OutgoingMail.objects.values().get())
    assert "Canary" not in row
    assert "stranger" not in row
    delivery.deliver(mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.SENT
    assert (mail.sealed_subject, mail.sealed_body, mail.sealed_address) == ("", "", "")


def test_a_blank_row_is_dropped_unsent(server):
    mail = waiting_mail()
    OutgoingMail.objects.update(is_blank=True)
    assert delivery.deliver(mail.pk) is False
    mail.refresh_from_db()
    assert mail.state == State.DROPPED
    assert server.sent == []


def test_nobody_writes_to_a_closed_account(server):
    mail = waiting_mail()
    User.objects.update(is_active=False)
    delivery.sweep()
    mail.refresh_from_db()
    assert mail.state == State.DROPPED
    assert server.sent == []


def test_rows_of_sent_mail_are_forgotten_after_a_month(server):
    old, young, waiting = waiting_mail(), waiting_mail(), waiting_mail()
    delivery.deliver(old.pk)
    delivery.deliver(young.pk)
    OutgoingMail.objects.filter(pk=old.pk).update(
        sent_at=timezone.now() - timedelta(days=31)
    )
    call_command("prune_mail", verbosity=0)
    assert set(OutgoingMail.objects.all()) == {young, waiting}


def test_the_claim_is_one_statement(server, django_assert_num_queries):
    mail = waiting_mail()
    OutgoingMail.objects.update(state=State.SENT)
    with django_assert_num_queries(1):
        assert delivery.claim(mail.pk) is None
    assert connection.vendor in ("sqlite", "postgresql")
