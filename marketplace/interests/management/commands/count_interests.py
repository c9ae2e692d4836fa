"""Brings the counts of founders up to yesterday; runs with every sweep."""

from django.core.management.base import BaseCommand

from marketplace.interests.actions import count_interests


class Command(BaseCommand):
    help = "Count the interests that may show, together with those of others."

    def handle(self, *, verbosity: int, **options: object) -> None:
        counted = count_interests()
        if verbosity:
            self.stdout.write(f"listings counted: {counted}")
