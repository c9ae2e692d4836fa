"""One command that opens the whole site on this machine, with people and listings."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from wagtail_localize.models import TranslationSource

from cms.catalogues import compile_catalogues
from cms.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from cms.demo.children import Children, Process
from cms.demo.files import DemoFiles
from cms.site_setup import set_up_site
from marketplace.organisations.models import Organisation

SITE = "127.0.0.1:8000"

# Nothing on this machine is asked by way of a proxy.
_browser = build_opener(ProxyHandler({}))


def migrate() -> None:
    call_command("migrate", verbosity=0)


def answers(address: str, path: str = "/en/") -> bool:
    """Whether a page is there; an open socket alone is none."""
    try:
        _browser.open(f"http://{address}{path}", timeout=60).close()
    except HTTPError:
        return True  # it speaks, though not under this name
    except (OSError, HTTPException):
        return False
    return True


class Command(BaseCommand):
    help = "Set up what is missing and run site, worker and development Stripe."
    requires_system_checks = []  # the site it starts checks itself, at the same time

    def __init__(
        self,
        *args: object,
        files: DemoFiles | None = None,
        migrate: Callable[[], None] = migrate,
        popen: Callable[..., Process] = subprocess.Popen,
        answers: Callable[[str], bool] = answers,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        if files is None and connections["default"].vendor == "sqlite":
            files = DemoFiles.of_settings()
        self.files = files
        self.migrate, self.popen, self.answers = migrate, popen, answers

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
            self.finish()
            self.stdout.write(f"ready after {time.monotonic() - began:.1f} s")
            return
        signal.signal(signal.SIGTERM, self.interrupted)
        stripe_port = int(str(options["stripe_port"]))
        self.stripe_token = secrets.token_urlsafe(18)
        children = Children(self.starter(address, stripe_port))
        ended = ""
        try:
            # They take seconds to start: on the second core, while the first one writes.
            children.start("site", "stripe")
            self.fill(is_empty)
            # Not before: its looking for tasks would have to wait for the long writes.
            children.start("worker")
            ended = children.wait(until=partial(self.answers, address))
            if not ended:
                self.greet(address, stripe_port)
                self.stdout.write(f"  ready after {time.monotonic() - began:.1f} s\n")
                # The first search makes the lexicon, for seconds nobody has to wait for.
                answers(address, "/en/listings/?q=oil")
                self.finish()
                ended = children.wait()
        except KeyboardInterrupt:
            self.stdout.write("\nstopping …")
        finally:
            children.stop()
        if ended:
            raise CommandError(
                f"the {ended} process has ended; the others were stopped"
            )

    # -- data ---------------------------------------------------------------

    def forget(self) -> None:
        if self.files is None:
            raise CommandError(
                "--reset removes a file; empty the database of DATABASE_URL yourself"
            )
        connections.close_all()
        self.files.forget()

    def lay_tables(self) -> bool:
        """Keep the data that is there, else copy a template; whether all is empty."""
        if self.files is None:
            self.migrate()
            return not Organisation.objects.exists()
        fresh = not self.files.database.exists()
        if fresh and self.files.start_from_template():
            return False
        if fresh:
            self.stdout.write("preparing the demo, this takes a moment …")
        self.migrate()
        return fresh

    def fill(self, is_empty: bool) -> None:
        """Write site and people into new tables, and keep a copy for the next time."""
        if not is_empty:
            return
        set_up_site(translations=False)
        call_command("seed_demo", verbosity=0)
        if self.files is not None:
            self.files.keep_a_template()
        else:  # the index is a file beside it, and may be that of another database
            call_command("rebuild_index", verbosity=0)

    def finish(self) -> None:
        """What only editors need, and nobody has to wait for; once."""
        if not TranslationSource.objects.exists():
            set_up_site()

    # -- processes ----------------------------------------------------------

    def starter(self, address: str, stripe_port: int) -> Callable[[str], Process]:
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
        return lambda name: self.popen(manage + commands[name], env=environment)

    def interrupted(self, *_: object) -> None:
        raise KeyboardInterrupt

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
