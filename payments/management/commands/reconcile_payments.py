from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from payments import reconciling
from payments.gateway import GatewayError


class Command(BaseCommand):
    help = "Compare Stripe's payment pages with our attempts; exit 1 where one is lost."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--hours", type=int, default=48, help="how far back")

    def handle(self, *, hours: int, verbosity: int, **options: object) -> None:
        resumed = reconciling.resume_attempts()
        synced = reconciling.sync_open_attempts()
        raised = reconciling.raise_missing_fees()
        since = timezone.now() - timedelta(hours=hours)
        try:
            unknown = list(reconciling.sync_pages_since(since))
        except GatewayError as error:
            raise CommandError(f"Stripe cannot be asked: {error}") from error
        if verbosity:
            self.stdout.write(
                f"{resumed} resumed, {synced} looked at, {raised} fees raised, "
                f"{len(unknown)} unknown"
            )
        if unknown:
            raise CommandError("pages at Stripe without an attempt here")
