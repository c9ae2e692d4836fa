"""Chain the record; safe to run at any time."""

from django.core.management.base import BaseCommand

from marketplace.audit.actions import seal_entries


class Command(BaseCommand):
    help = "Number the new entries of the record and chain their hashes."

    def handle(self, *, verbosity: int, **options: object) -> None:
        sealed = seal_entries()
        if verbosity:
            self.stdout.write(f"sealed: {sealed}")
