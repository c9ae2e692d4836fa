"""Tells investors what fits their mandates; runs with every sweep of the worker."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from marketplace.figures import add_json, write_figures
from search.alerts import tell_at_once, tell_digests


class Command(BaseCommand):
    help = "Weigh new listings against mandates and send the letters that are due."

    def add_arguments(self, parser: CommandParser) -> None:
        add_json(parser)

    def handle(self, *, json: Path | None, verbosity: int, **options: object) -> None:
        letters = tell_at_once() + tell_digests()
        if verbosity:
            self.stdout.write(f"letters: {letters}")
        write_figures({"letters": letters}, json)
