"""One command that opens the whole site on this machine, with people and listings."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from cms.catalogues import compile_catalogues
from cms.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD

SITE = "127.0.0.1:8000"
STRIPE = "127.0.0.1:8001"


def _key_of_template(base: Path) -> str:
    """Changes whenever a migration or a word of the demo changes."""
    digest = hashlib.sha256()
    patterns = ("*/migrations/*.py", "*/*/migrations/*.py", "cms/demo/**/*.json*")
    for pattern in (*patterns, "cms/texts/**/*", "marketplace/taxonomy/data/*"):
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
        self.prepare()
        self.stdout.write(f"ready after {time.monotonic() - began:.1f} s")
        if options["prepare"]:
            return
        self.run(address, int(str(options["stripe_port"])))

    # -- data ---------------------------------------------------------------

    @property
    def database(self) -> Path:
        config = settings.DATABASES["default"]
        if not config["ENGINE"].endswith("sqlite3"):
            raise CommandError("the demo keeps its data in SQLite; unset DATABASE_URL")
        return Path(config["NAME"])

    def forget(self) -> None:
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.database}{suffix}").unlink(missing_ok=True)
        (settings.VAR_DIR / "sandbox.sqlite3").unlink(missing_ok=True)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)
        shutil.rmtree(settings.VAR_DIR / "mail", ignore_errors=True)

    def prepare(self) -> None:
        """Use the data that is there, else a ready template, else make both."""
        template = (
            settings.VAR_DIR / f"template-{_key_of_template(settings.BASE_DIR)}.sqlite3"
        )
        fresh = not self.database.exists()
        if fresh and template.exists():
            shutil.copyfile(template, self.database)
            return
        call_command("migrate", verbosity=0)
        if not fresh:
            return
        self.stdout.write("preparing the demo, this takes a moment …")
        call_command("setup_site", verbosity=0)
        call_command("seed_demo", verbosity=0)
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        for old in settings.VAR_DIR.glob("template-*.sqlite3"):
            old.unlink()
        shutil.copyfile(self.database, template)

    # -- processes ----------------------------------------------------------

    def run(self, address: str, stripe_port: int) -> None:
        """Start the three, print where to go, and end them together."""
        webhook = f"http://{address}/hooks/stripe/{settings.STRIPE_WEBHOOK_PATH}"
        environment = os.environ | {
            "SITE_URL": f"http://{address}",
            "STRIPE_SANDBOX_URL": f"http://127.0.0.1:{stripe_port}",
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
            ],
        }
        signal.signal(signal.SIGTERM, self.interrupted)
        children = {
            name: subprocess.Popen(manage + words, env=environment)  # noqa: S603
            for name, words in commands.items()
        }
        self.greet(address, stripe_port)
        ended = ""
        try:
            while not ended:
                time.sleep(0.2)
                ended = next(
                    (n for n, c in children.items() if c.poll() is not None), ""
                )
        except KeyboardInterrupt:
            self.stdout.write("\nstopping …")
        finally:
            self.stop(children)
        if ended:
            raise CommandError(
                f"the {ended} process has ended; the others were stopped"
            )

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
            f"  Development Stripe   http://127.0.0.1:{stripe_port}/",
            "",
            f"  Sign in with the password “{DEMO_PASSWORD}” as",
            *(f"    {who:<22}{email}" for who, email in DEMO_ACCOUNTS),
            "",
            "  Test card 4242 4242 4242 4242, declined 4000 0000 0000 0002,",
            "  3-D Secure 4000 0027 6000 3184; any date to come, any code.",
            "  Ctrl-C ends everything.",
            "",
        ]
        self.stdout.write("\n".join(lines))
