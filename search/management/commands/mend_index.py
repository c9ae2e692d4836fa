"""Keeps engines whole: a clock calls it, and it may run at any time."""

from django.core.management.base import BaseCommand

from search.drift import mend


class Command(BaseCommand):
    help = (
        "Fill engines anew whose index is missing or damaged, and once a day compare "
        "them with the listings."
    )

    def handle(self, *, verbosity: int, **options: object) -> None:
        for name in mend():
            if verbosity:
                self.stdout.write(f"filled anew: {name}")
