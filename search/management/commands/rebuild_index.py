"""Fills the search index anew, beside the one that answers meanwhile."""

from pathlib import Path
from time import perf_counter

from django.core.management.base import BaseCommand, CommandParser

from marketplace.figures import add_json, write_figures
from marketplace.progress import Progress
from search.rebuilding import rebuild


class Command(BaseCommand):
    help = "Fill the search index anew from stored terms and count them again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--analyse",
            action="store_true",
            help="first analyse every live listing anew, as after a new analyser or "
            "changed trade words",
        )
        add_json(parser)

    def handle(
        self, *, analyse: bool, json: Path | None, verbosity: int, **options: object
    ) -> None:
        began = perf_counter()
        progress = Progress(self.stderr if verbosity else None)
        count = rebuild(analyse=analyse, progress=progress)
        seconds = perf_counter() - began
        self.stdout.write(f"{count} listings in {seconds:.1f} s")
        write_figures({"listings": count, "seconds": seconds}, json)
