"""Forget which forms were sent some days ago."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from marketplace.people.models import Submission


class Command(BaseCommand):
    help = "Delete the marks of forms that were sent more than --days ago."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--days", type=int, default=3)

    def handle(self, *, days: int, verbosity: int, **options: object) -> None:
        limit = timezone.now() - timedelta(days=days)
        gone, _ = Submission.objects.filter(sent_at__lt=limit).delete()
        if verbosity:
            self.stdout.write(f"{gone} forgotten")
