"""`manage.py import_lexicon FILE [--dry-run]`: concepts edited elsewhere come back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.taxonomy.exchange import BadLexicon, read_lexicon


class Command(BaseCommand):
    help = "Create and change concepts by a file; what it does not name stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *, file: Path, dry_run: bool, **options: object) -> None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                outcome = read_lexicon(lines, is_dry=dry_run)
        except (BadLexicon, OSError) as error:
            raise CommandError(f"{file}: {error}") from error
        for number, reason in outcome.bad:
            self.stderr.write(f"{file}:{number}: {reason}")
        for name in ("created", "changed", "unchanged"):
            self.stdout.write(f"{name} {getattr(outcome, name)}")
        self.stdout.write(f"bad {len(outcome.bad)}")
