"""Close each request whose time to answer has passed; safe to run at any time."""

from django.core.management.base import BaseCommand

from marketplace.introductions.actions import expire_introductions


class Command(BaseCommand):
    help = "Close requests for an introduction that had no answer in time."

    def handle(self, *, verbosity: int, **options: object) -> None:
        closed = expire_introductions()
        if verbosity:
            self.stdout.write(f"closed: {closed}")
