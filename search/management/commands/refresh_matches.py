"""Score what the index holds and matching has not seen; safe to run at any time."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from marketplace.figures import add_json, write_figures
from marketplace.progress import Progress
from search.matching.matcher import refresh_due


class Command(BaseCommand):
    help = "Score the pairs of every listing that changed since it was last matched."

    def add_arguments(self, parser: CommandParser) -> None:
        add_json(parser)

    def handle(self, *, json: Path | None, verbosity: int, **options: object) -> None:
        matched = refresh_due(Progress(self.stderr if verbosity else None))
        if verbosity:
            self.stdout.write(f"matched: {matched}")
        write_figures({"matched": matched}, json)
