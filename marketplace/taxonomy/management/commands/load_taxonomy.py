"""`manage.py load_taxonomy`: brings sectors, districts, trade words up to date."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from marketplace.figures import add_json, write_figures
from marketplace.taxonomy.loading import load_taxonomy


class Command(BaseCommand):
    help = "Loads the vocabulary; what staff changed stays. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        add_json(parser)

    def handle(self, *, json: Path | None, **options: object) -> None:
        loaded = load_taxonomy()
        for kind, written in loaded.items():
            self.stdout.write(f"{kind}: {written} written")
        write_figures(loaded, json)
