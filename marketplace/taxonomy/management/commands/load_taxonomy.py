"""`manage.py load_taxonomy`: brings sectors, districts, trade words up to date."""

from django.core.management.base import BaseCommand

from marketplace.taxonomy.loading import load_taxonomy


class Command(BaseCommand):
    help = "Loads the vocabulary; what staff changed stays. Safe to repeat."

    def handle(self, *args: object, **options: object) -> None:
        for kind, written in load_taxonomy().items():
            self.stdout.write(f"{kind}: {written} written")
