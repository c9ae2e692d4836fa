"""`manage.py export_lexicon FILE`: every concept with its words, to edit elsewhere."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.taxonomy.exchange import write_lexicon


class Command(BaseCommand):
    help = "Write the lexicon as tab-separated lines, as import_lexicon reads them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            with file.open("w", encoding="utf-8", newline="") as out:
                self.stdout.write(f"concepts: {write_lexicon(out)}")
        except OSError as error:
            raise CommandError(str(error)) from error
