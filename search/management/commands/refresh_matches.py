"""Score what the index holds and matching has not seen; safe to run at any time."""

from django.core.management.base import BaseCommand

from search.matching.matcher import refresh_due


class Command(BaseCommand):
    help = "Score the pairs of every listing that changed since it was last matched."

    def handle(self, *, verbosity: int, **options: object) -> None:
        matched = refresh_due()
        if verbosity:
            self.stdout.write(f"matched: {matched}")
