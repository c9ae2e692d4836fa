"""The processes of a demo, which live and end together."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol


class Process(Protocol):
    """What is asked of a started process; `subprocess.Popen` keeps it."""

    def poll(self) -> int | None: ...
    def send_signal(self, sig: int, /) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def kill(self) -> None: ...


class Children:
    """Site, worker and development Stripe, by name."""

    def __init__(
        self, start: Callable[[str], Process], *, patience: float = 10
    ) -> None:
        """`patience` is how many seconds one that was asked to end may take."""
        self._start, self._patience = start, patience
        self._running: dict[str, Process] = {}

    def start(self, *names: str) -> None:
        for name in names:
            self._running[name] = self._start(name)

    def wait(self, until: Callable[[], bool] = lambda: False) -> str:
        """Wait for something, or for one to end; the name of the one that did."""
        while not until():
            for name, child in self._running.items():
                if child.poll() is not None:
                    return name
            time.sleep(0.1)
        return ""

    def stop(self) -> None:
        """Ask all that still run, at once; end those that do not heed."""
        with _undisturbed():
            for child in self._running.values():
                if child.poll() is None:
                    child.send_signal(signal.SIGTERM)
            for child in self._running.values():
                try:
                    child.wait(timeout=self._patience)
                except subprocess.TimeoutExpired:
                    child.kill()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C breaks no ending off: it would leave processes behind."""
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {each: signal.signal(each, signal.SIG_IGN) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
