"""Forget the rows of mails that left the house some time ago."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from marketplace.notices.models import OutgoingMail


class Command(BaseCommand):
    help = "Delete rows of mails that were sent or dropped more than --days ago."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--days", type=int, default=30)

    def handle(self, *, days: int, verbosity: int, **options: object) -> None:
        limit = timezone.now() - timedelta(days=days)
        gone, _ = OutgoingMail.objects.finished().filter(sent_at__lt=limit).delete()
        if verbosity:
            self.stdout.write(f"{gone} forgotten")
