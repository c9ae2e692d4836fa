"""Bring up to date how quickly organisations answer; safe to run at any time."""

from django.core.management.base import BaseCommand

from marketplace.introductions.responsiveness import note_bands


class Command(BaseCommand):
    help = "Note how quickly those answer who have answered since the last time."

    def handle(self, *, verbosity: int, **options: object) -> None:
        changed = note_bands()
        if verbosity:
            self.stdout.write(f"changed: {changed}")
