from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from payments import reconciling
from payments.gateway import GatewayError


class Command(BaseCommand):
    help = "Compare Stripe with our rows, and the ledger with its rules; exit 1 if not."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--hours", type=int, default=48, help="how far back")

    def handle(self, *, hours: int, verbosity: int, **options: object) -> None:
        resumed = reconciling.resume_attempts() + reconciling.resume_refunds()
        synced = (
            reconciling.sync_open_attempts()
            + reconciling.sync_seats()
            + reconciling.sync_aftermaths()
        )
        raised = reconciling.raise_missing_fees()
        if verbosity:
            self.stdout.write(
                f"{resumed} resumed, {synced} looked at, {raised} fees raised"
            )
        self._compare(timezone.now() - timedelta(hours=hours))

    def _compare(self, since) -> None:
        try:
            faults = [
                f"{page}: at Stripe, without an attempt here"
                for page in reconciling.sync_pages_since(since)
            ]
            faults += [
                f"{subscription}: paid at Stripe, without a seat here"
                for subscription in reconciling.sync_seats_since(since)
            ]
            reconciling.sync_returned_since(since)
            faults += [
                f"attempt {attempt}: booked here, unknown at Stripe"
                for attempt in reconciling.check_postings_since(since)
            ]
        except GatewayError as error:
            raise CommandError(f"Stripe cannot be asked: {error}") from error
        faults += reconciling.note_breaches()
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} matters for finance")
