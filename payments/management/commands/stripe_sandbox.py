"""Starts the development Stripe in its own process."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError

from payments.sandbox.app import SandboxApp
from payments.sandbox.server import LOOPBACK, listen


class Command(BaseCommand):
    help = "Runs a stand-in for Stripe on this computer. No real money is moved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8001)
        parser.add_argument(
            "--database", type=Path, default=settings.VAR_DIR / "sandbox.sqlite3"
        )
        parser.add_argument("--webhook-url", default="", help="default: the site")
        parser.add_argument("--webhook-secret", default="", help="default: the site's")
        parser.add_argument("--token", default="", help="to look inside; default: new")
        parser.add_argument("--reset", action="store_true", help="forget everything")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reset"]:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{options['database']}{suffix}").unlink(missing_ok=True)
        app = SandboxApp(
            options["database"],
            options["webhook_url"] or _site_webhook(),
            options["webhook_secret"] or _site_secret(),
            control_token=options["token"],
            fonts=_site_fonts(),
        )
        with listen(app, options["port"]) as server:
            app.start_background()
            address = f"http://{LOOPBACK}:{server.server_port}"
            self.stdout.write(f"SANDBOX – no real money. Stripe's API at {address}/v1/")
            self.stdout.write(f"Look inside: {address}/?token={app.control_token}")
            self.stdout.write(f"Webhooks go to {app.deliveries.url}")
            self.stdout.flush()
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("Stopped.")
        app.close()


def _site_webhook() -> str:
    return f"http://127.0.0.1:8000/hooks/stripe/{settings.STRIPE_WEBHOOK_PATH}"


def _site_secret() -> str:
    secrets = [secret for secret in settings.STRIPE_WEBHOOK_SECRETS if secret.strip()]
    if not secrets:
        raise CommandError("STRIPE_WEBHOOK_SECRETS is empty: give --webhook-secret.")
    return secrets[0]


def _site_fonts() -> Path | None:
    found = finders.find("cms/fonts/rubik-latin.woff2")
    return Path(found).parent if isinstance(found, str) else None
