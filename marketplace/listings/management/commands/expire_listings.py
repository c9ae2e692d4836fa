"""Hide the listings whose time is over."""

from django.core.management.base import BaseCommand

from marketplace.listings.actions import expire_due_listings


class Command(BaseCommand):
    help = "Hide listings that have run out and tell their owners; safe to repeat."

    def handle(self, *, verbosity: int, **options: object) -> None:
        expired = expire_due_listings()
        if verbosity:
            self.stdout.write(f"expired {expired}")
