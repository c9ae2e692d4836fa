"""Seal everything anew with the first of SEALING_KEYS; old keys may go afterwards."""

from django.core.management.base import BaseCommand

from marketplace.people.rotation import rotate_all


class Command(BaseCommand):
    help = "Move every sealed field to the newest of SEALING_KEYS."

    def handle(self, *, verbosity: int, **options: object) -> None:
        rows = rotate_all()
        if verbosity:
            self.stdout.write(f"{rows} rows sealed with the newest key")
