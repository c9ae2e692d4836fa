"""Compares listings, index rows and engine; with ``--repair`` makes them agree."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.drift import compare_and_repair, find_drift


class Command(BaseCommand):
    help = "Report where the search index differs from the listings; exit 1 if it does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="make them agree")

    def handle(self, **options: object) -> None:
        drift = find_drift()
        if options["repair"] and not drift.is_none:
            tried, drift = drift, compare_and_repair()
            self.stdout.write(f"repaired {len(tried.ids)}, tried again {tried.dead}")
        self.stdout.write(
            f"listings and rows differ: {len(drift.rows)}; rows and engine differ: "
            f"{len(drift.engine)}; old analyser: {len(drift.analyser)}; "
            f"given up: {drift.dead}; silent: {', '.join(drift.silent) or 'none'}"
        )
        if not drift.is_none:
            raise CommandError("The search index differs from the listings.")
