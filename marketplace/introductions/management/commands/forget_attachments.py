"""Delete files of introductions that ended some weeks ago."""

from django.core.management.base import BaseCommand

from marketplace.introductions.keeping import forget_attachments


class Command(BaseCommand):
    help = "Delete the files of threads that ended ATTACHMENTS_KEPT_DAYS ago."

    def handle(self, *, verbosity: int, **options: object) -> None:
        gone = forget_attachments()
        if verbosity:
            self.stdout.write(f"{gone} deleted")
