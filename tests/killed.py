"""A process that is killed: forked from this one, and gone before its n-th step.

A step is a statement, a commit, or what a test counts as one by `step`. Nothing of ours
runs any more after the kill: no `finally`, no rollback of our own. The database learns of
it by the connection that is no longer there.
"""

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from itertools import count

from django.db import connection, connections

_counted: Iterator[int] = iter(())
_last = -1  # none: outside such a process nothing is counted


def step() -> None:
    """One step more; the one that was to be the last is never taken."""
    if next(_counted, 0) == _last:
        os.kill(os.getpid(), signal.SIGKILL)


def killed_before(last: int, work: Callable[[], object]) -> bool:
    """Do this in a process of its own until its n-th step; whether it got so far.

    The test commits what it does (`django_db(transaction=True)`).
    """
    connections.close_all()  # a connection of two processes is none of either
    child = os.fork()
    if child == 0:
        _work_until(last, work)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "see what the process wrote"
    return False


def _work_until(last: int, work: Callable[[], object]) -> None:
    global _counted, _last
    _counted, _last = count(1), last
    try:
        _count_commits()
        with connection.execute_wrapper(_count_statement):
            work()
        connections.close_all()
    except BaseException:  # noqa: BLE001 - the edge of the process
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _count_statement(execute, sql, params, many, context):
    step()
    return execute(sql, params, many, context)


def _count_commits() -> None:
    commit = connection.commit

    def counted() -> None:
        step()
        commit()

    connection.commit = counted  # type: ignore[method-assign]
