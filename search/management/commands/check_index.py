"""Compares listings, index rows and engine; with ``--repair`` makes them agree."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.drift import find_drift, repair
from search.indexing import drain


class Command(BaseCommand):
    help = "Report where the search index differs from the listings; exit 1 if it does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="make them agree")

    def handle(self, **options: object) -> None:
        drift = find_drift()
        if options["repair"] and not drift.is_none:
            repair(drift)
            drain()
            self.stdout.write(f"repaired {len(drift.ids)}, tried again {drift.dead}")
            drift = find_drift()
        self.stdout.write(
            f"listings and rows differ: {len(drift.rows)}; rows and engine differ: "
            f"{len(drift.engine)}; old analyser: {len(drift.analyser)}; "
            f"given up: {drift.dead}"
        )
        if not drift.is_none:
            raise CommandError("The search index differs from the listings.")
