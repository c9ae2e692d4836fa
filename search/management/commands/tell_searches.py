"""Tells members of what is new in the searches they saved; runs with every sweep."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from marketplace.figures import add_json, write_figures
from search.watching import tell_searches


class Command(BaseCommand):
    help = "Ask the saved searches whose day is over and tell what is new."

    def add_arguments(self, parser: CommandParser) -> None:
        add_json(parser)

    def handle(self, *, json: Path | None, verbosity: int, **options: object) -> None:
        told = tell_searches()
        if verbosity:
            self.stdout.write(f"told: {told}")
        write_figures({"told": told}, json)
