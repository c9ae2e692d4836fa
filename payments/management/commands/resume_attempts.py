from django.core.management.base import BaseCommand

from payments import reconciling


class Command(BaseCommand):
    help = "Finish the calls that a crash left open, and ask how open pages stand."

    def handle(self, *, verbosity: int, **options: object) -> None:
        resumed = reconciling.resume_attempts()
        resumed += reconciling.resume_refunds()
        asked = reconciling.sync_open_attempts() + reconciling.sync_seats()
        if verbosity:
            self.stdout.write(f"{resumed} resumed, {asked} looked at")
