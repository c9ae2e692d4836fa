"""Measures how well listings and mandates are matched, on an index made for it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.figures import add_json, print_figures, write_figures
from marketplace.progress import Progress
from search.evaluation.lines import NoGoodLine, UnreadableFile
from search.evaluation.matching import evaluate_matching
from search.evaluation.parties import parties_of
from search.evaluation.pools import ContradictoryFiles, read_input
from search.evaluation.vocabulary import Vocabulary


class Command(BaseCommand):
    help = "Match a collection's listings and mandates and print the figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--listings", type=Path, required=True)
        parser.add_argument("--mandates", type=Path)
        parser.add_argument("--judgements", type=Path, required=True)
        parser.add_argument("--learn", type=Path, help="earlier answers to learn from")
        parser.add_argument("--exclude", type=Path, help="pairs that are never ranked")
        add_json(parser)

    def handle(
        self,
        *,
        listings: Path,
        mandates: Path | None,
        judgements: Path,
        learn: Path | None,
        exclude: Path | None,
        json: Path | None,
        verbosity: int,
        **options: object,
    ) -> None:
        progress = Progress(self.stderr if verbosity else None)
        try:
            given = read_input(
                listings, mandates, judgements, learn, exclude, self.stderr
            )
            entries = list(given.entries.values())
            with parties_of(entries, Vocabulary.current(), progress) as parties:
                figures = evaluate_matching(given, parties, progress)
            print_figures(figures, self.stdout)
            write_figures(figures, json)
        except (NoGoodLine, UnreadableFile, ContradictoryFiles, OSError) as error:
            raise CommandError(str(error)) from error
