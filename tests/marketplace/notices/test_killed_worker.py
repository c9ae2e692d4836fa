"""R-02: a worker is killed before each single statement of sending, one after the other."""

from collections.abc import Callable
from itertools import count

import pytest
from django.db import connection

from marketplace.notices import delivery
from marketplace.notices.actions import notify
from marketplace.notices.models import Notice, OutgoingMail
from tests.factories import make_user
from tests.marketplace.notices.test_delivery import PLAIN, later, server

pytestmark = pytest.mark.django_db
__all__ = ["server"]


class Killed(BaseException):
    """The end of a process: nothing that is caught as an error."""


def killed_before(statement: int, work: Callable[[], object]) -> bool:
    """Do this until its n-th statement; whether it got so far."""
    numbers = count(1)

    def watch(execute, sql, params, many, context):
        if next(numbers) == statement:
            raise Killed
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(watch):
            work()
    except Killed:
        return True
    return False


def test_r02_wherever_a_worker_dies_every_letter_comes_under_one_message_id(server):
    for statement in count(1):
        reader = make_user(discretion=1)
        mails = [notify(reader, PLAIN, title=title).mail for title in ("Oil", "Soap")]
        server.sent.clear()
        died = killed_before(statement, lambda: delivery.deliver(mails[0].pk))  # noqa: B023
        for _round in range(2):
            for mail in mails:
                later(mail, minutes=6)
            delivery.sweep()
        rows = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails])
        assert {row.state for row in rows} == {OutgoingMail.State.SENT}, statement
        assert set(server.sent) <= {row.message_id for row in rows}
        assert mails[0].message_id in server.sent
        assert Notice.objects.to(reader).count() == 2
        if not died:
            break
    assert statement > 8
    assert server.sent == [mails[0].message_id]  # undisturbed: one letter, once


def test_r02_a_worker_that_marks_before_it_sends_is_found(server, monkeypatch):
    """The test of the test: a letter marked as sent and then lost."""
    plain = delivery.message_for

    def hasty(mail, riders):
        delivery._finish(mail, OutgoingMail.State.SENT)
        return plain(mail, riders)

    monkeypatch.setattr(delivery, "message_for", hasty)
    with pytest.raises(AssertionError):
        test_r02_wherever_a_worker_dies_every_letter_comes_under_one_message_id(server)
