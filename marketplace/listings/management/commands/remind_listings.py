"""Tell owners that a listing ends soon."""

from django.core.management.base import BaseCommand

from marketplace.listings.actions import remind_owners


class Command(BaseCommand):
    help = "Remind owners 30, 7 and 0 days before the end, each once; safe to repeat."

    def handle(self, *, verbosity: int, **options: object) -> None:
        reminded = remind_owners()
        if verbosity:
            self.stdout.write(f"reminded {reminded}")
