"""One command that opens the whole site on this machine, with people and listings."""

import hashlib
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from cms.catalogues import compile_catalogues
from cms.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from marketplace.organisations.models import Organisation

SITE = "127.0.0.1:8000"
STRIPE = "127.0.0.1:8001"


# What a template of the demo is made from: migrations, ours and those of the pins, and
# the demo's words and makers.
MAKES_THE_TEMPLATE = (
    *("*/migrations/*.py", "*/*/migrations/*.py", "requirements/base.txt"),
    *("cms/demo/**/*.json*", "cms/demo/**/*.py", "cms/site_setup/**/*.py"),
    *("cms/texts/**/*", "marketplace/taxonomy/data/**/*", "search/analysis/**/*.py"),
)


def _key_of_template(base: Path) -> str:
    """Changes whenever what the template is made from does."""
    digest = hashlib.sha256()
    for pattern in MAKES_THE_TEMPLATE:
        for path in sorted(base.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Command(BaseCommand):
    help = "Set up what is missing and run site, worker and development Stripe."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--reset", action="store_true", help="start again")
        parser.add_argument("--address", default=SITE, help="host:port of the site")
        parser.add_argument("--stripe-port", type=int, default=8001)
        parser.add_argument("--prepare", action="store_true", help="set up, then end")

    def handle(self, *, reset: bool, address: str, **options: object) -> None:
        if not settings.DEBUG or settings.PAYMENTS_MODE != "sandbox":
            raise CommandError("the demo runs with development settings only")
        began = time.monotonic()
        compile_catalogues(settings.BASE_DIR)
        if reset:
            self.forget()
        is_empty = self.lay_tables()
        if options["prepare"]:
            self.fill(is_empty)
            self.stdout.write(f"ready after {time.monotonic() - began:.1f} s")
            return
        signal.signal(signal.SIGTERM, self.interrupted)
        stripe_port = int(str(options["stripe_port"]))
        self.stripe_token = secrets.token_urlsafe(18)
        start = self.processes(address, stripe_port)
        # They take seconds to start: on the second core, while the first one writes.
        children = {name: start(name) for name in ("site", "stripe")}
        ended = ""
        try:
            self.fill(is_empty)
            # Not before: its looking for tasks would have to wait for the long writes.
            children["worker"] = start("worker")
            ended = self.wait(children, until=partial(self.answers, address))
            if not ended:
                self.greet(address, stripe_port)
                self.stdout.write(f"  ready after {time.monotonic() - began:.1f} s\n")
                self.search_once(address)
                ended = self.wait(children)
        except KeyboardInterrupt:
            self.stdout.write("\nstopping …")
        finally:
            self.stop(children)
        if ended:
            raise CommandError(
                f"the {ended} process has ended; the others were stopped"
            )

    # -- data ---------------------------------------------------------------

    @property
    def is_a_file(self) -> bool:
        return connections["default"].vendor == "sqlite"

    @property
    def database(self) -> Path:
        return Path(settings.DATABASES["default"]["NAME"])

    def forget(self) -> None:
        if not self.is_a_file:
            raise CommandError(
                "--reset removes a file; empty the database of DATABASE_URL yourself"
            )
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.database}{suffix}").unlink(missing_ok=True)
        (settings.VAR_DIR / "sandbox.sqlite3").unlink(missing_ok=True)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)
        shutil.rmtree(settings.VAR_DIR / "mail", ignore_errors=True)

    @property
    def template(self) -> Path:
        key = _key_of_template(settings.BASE_DIR)
        return settings.VAR_DIR / f"template-{key}.sqlite3"

    def lay_tables(self) -> bool:
        """Keep the data that is there, else copy a template; whether all is empty."""
        if not self.is_a_file:
            call_command("migrate", verbosity=0)
            return not Organisation.objects.exists()
        fresh = not self.database.exists()
        if fresh and self.template.exists():
            shutil.copyfile(self.template, self.database)
            return False
        if fresh:
            self.stdout.write("preparing the demo, this takes a moment …")
        call_command("migrate", verbosity=0)
        return fresh

    def fill(self, is_empty: bool) -> None:
        """Write site and people into new tables, and keep a copy for the next time."""
        if not is_empty:
            return
        call_command("setup_site", verbosity=0)
        call_command("seed_demo", verbosity=0)
        if self.is_a_file:
            self.keep_a_copy()
        else:  # the index is a file beside it, and may be that of another database
            call_command("rebuild_index", verbosity=0)

    def keep_a_copy(self) -> None:
        """The next demo starts from it."""
        for old in settings.VAR_DIR.glob("template-*.sqlite3"):
            old.unlink()
        # Others may have the database open: only a backup is a whole state.
        with (
            closing(sqlite3.connect(self.database)) as source,
            closing(sqlite3.connect(self.template)) as copy,
        ):
            source.backup(copy)

    # -- processes ----------------------------------------------------------

    def processes(
        self, address: str, stripe_port: int
    ) -> Callable[[str], "subprocess.Popen[bytes]"]:
        """What starts site, worker or development Stripe, each a process of its own."""
        connections.close_all()
        webhook = f"http://{address}/hooks/stripe/{settings.STRIPE_WEBHOOK_PATH}"
        environment = os.environ | {
            "SITE_URL": f"http://{address}",
            "STRIPE_SANDBOX_URL": f"http://127.0.0.1:{stripe_port}",
            "DJANGO_RUNSERVER_HIDE_WARNING": "true",  # it listens to this machine alone
        }
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        commands = {
            "site": ["runserver", "--noreload", address],
            "worker": ["run_worker"],
            "stripe": [
                "stripe_sandbox",
                f"--port={stripe_port}",
                f"--webhook-url={webhook}",
                f"--webhook-secret={settings.STRIPE_WEBHOOK_SECRETS[0]}",
                f"--token={self.stripe_token}",
            ],
        }
        return lambda name: subprocess.Popen(  # noqa: S603
            manage + commands[name], env=environment
        )

    def wait(
        self,
        children: dict[str, "subprocess.Popen[bytes]"],
        until: Callable[[], bool] = lambda: False,
    ) -> str:
        """Wait for something, or for a process to end; the name of the one that did."""
        while not until():
            for name, child in children.items():
                if child.poll() is not None:
                    return name
            time.sleep(0.1)
        return ""

    def answers(self, address: str) -> bool:
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            return False
        return True

    def search_once(self, address: str) -> None:
        """The first search makes the lexicon, for seconds: nobody has to wait for it."""
        with suppress(OSError):
            urlopen(f"http://{address}/en/listings/?q=oil", timeout=60).close()

    def interrupted(self, *_: object) -> None:
        raise KeyboardInterrupt

    def stop(self, children: dict[str, "subprocess.Popen[bytes]"]) -> None:
        for child in children.values():
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        for child in children.values():
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()

    def greet(self, address: str, stripe_port: int) -> None:
        lines = [
            "",
            f"  Site                 http://{address}/en/  /he/  /ar/",
            f"  Staff                http://{address}/staff/",
            f"  Mail of this demo    http://{address}/en/demo/mail/",
            f"  Development Stripe   http://127.0.0.1:{stripe_port}/?token={self.stripe_token}",
            "",
            f"  Log in with the password “{DEMO_PASSWORD}” as",
            *(f"    {who:<22}{email}" for who, email in DEMO_ACCOUNTS),
            "",
            "  Test card 4242 4242 4242 4242, declined 4000 0000 0000 0002,",
            "  3-D Secure 4000 0027 6000 3184; any date to come, any code.",
            "  Ctrl-C ends everything.",
            "",
        ]
        self.stdout.write("\n".join(lines))
