"""The background of the site in one process: two task workers and the clocks."""

import signal
import threading
import time
from collections.abc import Iterable
from types import FrameType

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

# Each clock is a command that may run at any time and twice; a sweep runs them all.
SWEEPS = (
    "mend_index",
    "drain_index",
    "refresh_matches",
    "tell_mandates",
    "tell_searches",
    "send_mail",
    "count_interests",
    "seal_record",
    "retry_stripe_events",
    "resume_attempts",
    "expire_introductions",
    "remind_introductions",
    "tend_meetings",
    "note_bands",
    "ask_ventures",
    "expire_listings",
    "remind_listings",
    "remind_payers",
)
SWEEP_SECONDS = 30
# These read far back, or ask Stripe for two days of pages: once an hour is enough.
HOURLY = (
    "count_exposure",
    "follow_up_unmatched",
    "reconcile_payments",
    "prune_mail",
    "prune_submissions",
    "forget_attachments",
    "forget_meetings",
)
HOUR_SECONDS = 3600


def _worker(queues: str, interval: float) -> Worker:
    return Worker(
        queue_names=queues.split(","),
        interval=interval,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"site-{queues.replace(',', '-')}",
        excluded_queue_names=[],
    )


class Command(BaseCommand):
    help = "Run the search worker, the worker of all other queues, and the clocks."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="sweep once and end")

    def handle(self, *, once: bool, **options: object) -> None:
        if once:
            self.sweep((*SWEEPS, *HOURLY))
            return
        self.stopped = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self.stop)
        # The index answers within a tenth of a second; mail and money can wait one.
        self.workers = [_worker("search", 0.05), _worker("default,mail", 0.5)]
        threads = [threading.Thread(target=worker.run) for worker in self.workers]
        for thread in threads:
            thread.start()
        next_hour = time.monotonic()
        while not self.stopped.is_set():
            self.sweep(SWEEPS)
            if time.monotonic() >= next_hour:
                self.sweep(HOURLY)
                next_hour = time.monotonic() + HOUR_SECONDS
            self.stopped.wait(SWEEP_SECONDS)
        for thread in threads:
            thread.join(timeout=10)

    def stop(self, signum: int, frame: FrameType | None) -> None:
        for worker in self.workers:
            worker.running = False
        self.stopped.set()

    def sweep(self, names: Iterable[str]) -> None:
        """Finish what no task did; one failing clock does not stop the others."""
        known = get_commands()
        for name in names:
            if name not in known:
                continue
            close_old_connections()
            try:
                call_command(name, stdout=self.stdout, verbosity=0)
            except Exception as error:  # noqa: BLE001 - the edge of a sweep
                self.stderr.write(f"{name}: {type(error).__name__}")
