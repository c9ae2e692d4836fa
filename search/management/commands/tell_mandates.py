"""Tells investors what fits their mandates; runs with every sweep of the worker."""

from django.core.management.base import BaseCommand

from search.alerts import tell_at_once, tell_digests


class Command(BaseCommand):
    help = "Weigh new listings against mandates and send the letters that are due."

    def handle(self, *, verbosity: int, **options: object) -> None:
        letters = tell_at_once() + tell_digests()
        if verbosity:
            self.stdout.write(f"letters: {letters}")
