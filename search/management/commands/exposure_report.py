"""The figures of the parity page, made anew from the raw logs."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search.parity import weeks_before


class Command(BaseCommand):
    help = "Print how evenly the sides were seen, week by week, from the raw logs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--week", help="a day of the last week, YYYY-MM-DD")
        parser.add_argument("--weeks", type=int, default=1)
        parser.add_argument("--json", dest="out", help="write the figures here, too")

    def handle(
        self, *, week: str | None, weeks: int, out: str | None, **options: object
    ) -> None:
        try:
            day = date.fromisoformat(week) if week else timezone.localdate()
        except ValueError as error:
            raise CommandError(f"--week: {error}") from error
        figures = [row.figures() for row in weeks_before(day, weeks)]
        for row in figures:
            for name, value in row.items():
                self.stdout.write(f"{name}: {value}")
        if out:
            Path(out).write_text(json.dumps(figures, indent=1), encoding="utf-8")
