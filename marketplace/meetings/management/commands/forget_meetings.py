"""Forget where two sides met, and meetings of introductions that ended weeks ago."""

from django.core.management.base import BaseCommand

from marketplace.meetings.keeping import forget_meetings


class Command(BaseCommand):
    help = "Forget places and meetings MEETINGS_KEPT_DAYS after their end."

    def handle(self, *, verbosity: int, **options: object) -> None:
        gone = forget_meetings()
        if verbosity:
            self.stdout.write(f"{gone} deleted")
