"""Hide the listings whose time is over."""

from django.core.management.base import BaseCommand

from marketplace.listings.actions import expire_due_listings


class Command(BaseCommand):
    help = "Hide listings that have run out and tell their owners; safe to repeat."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"expired {expire_due_listings()}")
