"""Compares listings, index rows and engine; with ``--repair`` makes them agree."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.figures import add_json, write_figures
from search.drift import compare_and_repair, find_drift


class Command(BaseCommand):
    help = "Report where the search index differs from the listings; exit 1 if it does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="make them agree")
        add_json(parser)

    def handle(self, *, repair: bool, json: Path | None, **options: object) -> None:
        drift = find_drift()
        if repair and not drift.is_none:
            tried, drift = drift, compare_and_repair()
            self.stdout.write(f"repaired {len(tried.ids)}, tried again {tried.dead}")
        self.stdout.write(
            f"listings and rows differ: {len(drift.rows)}; rows and engine differ: "
            f"{len(drift.engine)}; old analyser: {len(drift.analyser)}; "
            f"given up: {drift.dead}; silent: {', '.join(drift.silent) or 'none'}"
        )
        figures: dict[str, int | tuple[str, ...]] = {
            "rows": len(drift.rows),
            "engines": len(drift.engine),
            "analyser": len(drift.analyser),
            "given_up": drift.dead,
            "silent": drift.silent,
        }
        write_figures(figures, json)
        if not drift.is_none:
            raise CommandError("The search index differs from the listings.")
