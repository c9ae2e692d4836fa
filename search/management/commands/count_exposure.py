"""Counts who was shown how much in thirty days; runs once an hour."""

from django.core.management.base import BaseCommand

from search.matching.attention import count_exposure


class Command(BaseCommand):
    help = "Count the attention listings had, which the order of lists leans on."

    def handle(self, *, verbosity: int, **options: object) -> None:
        counted = count_exposure()
        if verbosity:
            self.stdout.write(f"listings: {counted}")
