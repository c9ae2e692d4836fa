"""Fills the search index anew, beside the one that answers meanwhile."""

from time import perf_counter

from django.core.management.base import BaseCommand, CommandParser

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

    def handle(self, *, analyse: bool, **options: object) -> None:
        began = perf_counter()
        count = rebuild(analyse=analyse)
        self.stdout.write(f"{count} listings in {perf_counter() - began:.1f} s")
