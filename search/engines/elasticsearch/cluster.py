"""The way to the server: one client, hard limits of time, one kind of error."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.exceptions import EngineUnavailable

T = TypeVar("T")
WRITING = 30.0
"""Seconds that a worker may wait for a batch to be written."""
LOOKING = 4
"""So many times longer than a reader a worker waits to learn where to write."""


def client_for(url: str, timeout: float) -> Elasticsearch:
    """A client that asks once and gives up; ``url`` may name several nodes by commas.

    User and password belong into the URL, ``https://name:secret@host:9200``.
    """
    return Elasticsearch(
        [one.strip() for one in url.split(",")],
        request_timeout=timeout,
        max_retries=0,
        retry_on_timeout=False,
    )


@contextmanager
def unavailable() -> Iterator[None]:
    """Whatever the server or the way to it does becomes EngineUnavailable.

    Neither the address nor what was asked gets into the message.
    """
    try:
        yield
    except ApiError as error:
        reason = f"{type(error).__name__} {error.meta.status}"
        raise EngineUnavailable(reason) from error
    except TransportError as error:
        raise EngineUnavailable(type(error).__name__) from error


def within(seconds: float, work: Callable[[], T]) -> T:
    """What the work gives, or EngineUnavailable when it takes longer than that.

    A client's time-out bounds each read of the socket, so an answer that comes in
    drips could take for ever; this bounds the whole. The work is left behind.
    """
    box: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()

    def put_away() -> None:
        try:
            box.put((work(), None))
        except BaseException as error:  # noqa: BLE001  (raised again where it is waited for)
            box.put((None, error))

    threading.Thread(target=put_away, name="elasticsearch", daemon=True).start()
    try:
        result, error = box.get(timeout=seconds)
    except Empty:
        raise EngineUnavailable("too slow") from None
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]
