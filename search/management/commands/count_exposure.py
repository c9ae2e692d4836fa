"""Counts who was shown how much in thirty days; runs once an hour."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from marketplace.figures import add_json, write_figures
from search.matching.attention import count_exposure


class Command(BaseCommand):
    help = "Count the attention listings had, which the order of lists leans on."

    def add_arguments(self, parser: CommandParser) -> None:
        add_json(parser)

    def handle(self, *, json: Path | None, verbosity: int, **options: object) -> None:
        counted = count_exposure()
        if verbosity:
            self.stdout.write(f"listings: {counted}")
        write_figures({"listings": counted}, json)
