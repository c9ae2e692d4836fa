"""R-09: an act that takes mails back and a worker that sends them never wait for ever.

Each of them touches the same two mails; who comes first is settled by their locks, which
only PostgreSQL has a row for.
"""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from marketplace.introductions.models import Introduction
from marketplace.notices import delivery
from marketplace.notices.actions import drop_unsent, keep_habits, notify
from marketplace.notices.kinds import NoticeKind, register
from marketplace.notices.models import OutgoingMail
from tests.at_once import at_once
from tests.factories import make_listing, make_member, make_organisation, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite locks the file"),
]
State = OutgoingMail.State
NEWS = register(NoticeKind("waited", "tests", "Something happened.", "News."))
PATIENCE = 20  # seconds; far above what either takes


class Two:
    """Two introductions of one pair, and a mail about each that waits for one reader."""

    def __init__(self) -> None:
        one, other = make_organisation(side="il"), make_organisation(side="ps")
        self.reader = make_member(other)
        self.met = [
            Introduction.objects.create(
                asker=one,
                asked=other,
                asked_by=make_user(),
                listing=make_listing(other, owner=self.reader),
            )
            for _each in range(2)
        ]
        with transaction.atomic():
            self.mails = [
                notify(self.reader, NEWS, about=each).mail for each in self.met
            ]
            self.carrier = notify(self.reader, NEWS).mail
            transaction.on_commit(self._as_if_no_task_had_run)

    def _as_if_no_task_had_run(self) -> None:
        OutgoingMail.objects.update(state=State.NEW, tries=0, carried_by=None)


def waits_or_ended(pid: list[int], ended: threading.Event) -> bool:
    """Whether the other connection waits for a lock, or has nothing more to do."""
    if ended.is_set():
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'",
            [pid[0]],
        )
        return cursor.fetchone() is not None


def against(two: Two, work: Callable[[], object]) -> list[object]:
    """Block the newer first, let the work go as far as it comes, then the older."""
    begun, ended, pid = threading.Event(), threading.Event(), []

    def take_back() -> None:
        with transaction.atomic():
            drop_unsent(two.met[1])
            begun.set()
            until = time.monotonic() + PATIENCE
            while not (pid and waits_or_ended(pid, ended)):
                assert time.monotonic() < until
            drop_unsent(two.met[0])

    def other() -> object:
        assert begun.wait(PATIENCE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid.append(cursor.fetchone()[0])
        try:
            return work()
        finally:
            ended.set()

    return at_once(take_back, other)


def test_a_worker_that_merges_letters_lets_a_partner_be_blocked():
    two = Two()
    results = against(two, lambda: delivery.deliver(two.carrier.pk))
    assert results == [None, True]
    states = [OutgoingMail.objects.get(pk=mail.pk).state for mail in two.mails]
    assert states == [State.DROPPED, State.DROPPED]


def test_what_a_letter_gave_back_can_be_taken_back_meanwhile():
    """Its riders wait by themselves again after it could not be written."""
    two = Two()
    OutgoingMail.objects.filter(pk__in=[mail.pk for mail in two.mails]).update(
        carried_by=two.carrier, state=State.SENDING
    )
    results = against(two, lambda: delivery._release(two.carrier, tries=1))
    assert results == [None, None]
    states = [OutgoingMail.objects.get(pk=mail.pk).state for mail in two.mails]
    assert states == [State.DROPPED, State.DROPPED]


@pytest.mark.parametrize("_round", range(3))
def test_taking_several_back_and_new_hours_wait_in_one_order(_round):
    two = Two()
    results = at_once(
        lambda: drop_unsent(*two.met[::-1]),
        lambda: keep_habits(two.reader, by=two.reader, cadence="daily"),
        lambda: delivery.deliver(two.carrier.pk),
    )
    assert not [each for each in results if isinstance(each, Exception)]
    own = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in two.mails])
    assert not own.filter(state=State.NEW).exists()
