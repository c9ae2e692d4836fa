from django.core.management.base import BaseCommand

from payments import reconciling


class Command(BaseCommand):
    help = "Work off the events from Stripe that no task has finished."

    def handle(self, *, verbosity: int, **options: object) -> None:
        seen = reconciling.retry_events()
        reconciling.forget_payloads()
        if verbosity:
            self.stdout.write(f"{seen} events")
