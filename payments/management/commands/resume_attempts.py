from django.core.management.base import BaseCommand

from payments import reconciling


class Command(BaseCommand):
    help = "Finish the calls to Stripe that a crash or a lost answer left open."

    def handle(self, *, verbosity: int, **options: object) -> None:
        done = reconciling.resume_attempts()
        if verbosity:
            self.stdout.write(f"{done} attempts")
