"""Tells members of what is new in the searches they saved; runs with every sweep."""

from django.core.management.base import BaseCommand

from search.watching import tell_searches


class Command(BaseCommand):
    help = "Ask the saved searches whose day is over and tell what is new."

    def handle(self, *, verbosity: int, **options: object) -> None:
        told = tell_searches()
        if verbosity:
            self.stdout.write(f"told: {told}")
