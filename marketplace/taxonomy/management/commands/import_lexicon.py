"""`manage.py import_lexicon FILE [--dry-run]`: concepts edited elsewhere come back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.figures import add_json, print_figures, write_figures
from marketplace.taxonomy.exchange import BadLexicon, read_lexicon


class Command(BaseCommand):
    help = "Create and change concepts by a file; what it does not name stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        add_json(parser)

    def handle(
        self, *, file: Path, dry_run: bool, json: Path | None, **options: object
    ) -> None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                outcome = read_lexicon(lines, is_dry=dry_run)
        except (BadLexicon, OSError) as error:
            raise CommandError(f"{file}: {error}") from error
        for number, reason in outcome.bad:
            self.stderr.write(f"{file}:{number}: {reason}")
        names = ("created", "changed", "unchanged")
        figures = {name: getattr(outcome, name) for name in names}
        figures["bad"] = len(outcome.bad)
        print_figures(figures, self.stdout)
        write_figures(figures, json)
