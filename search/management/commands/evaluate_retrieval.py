"""Measures how well texts are found, on an index that is made for it and removed."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.figures import add_json, print_figures, write_figures
from marketplace.progress import Progress
from search.engines import NAMES
from search.evaluation.collection import read_collection
from search.evaluation.lines import NoGoodLine, UnreadableFile
from search.evaluation.retrieval import evaluate_retrieval
from search.evaluation.scratch import scratch_index
from search.evaluation.vocabulary import Vocabulary


class Command(BaseCommand):
    help = "Search a collection's documents for its queries and print the figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents", type=Path, required=True)
        parser.add_argument("--queries", type=Path, required=True)
        parser.add_argument("--qrels", type=Path, required=True)
        parser.add_argument("--engine", choices=NAMES, default="embedded")
        add_json(parser)

    def handle(
        self,
        *,
        documents: Path,
        queries: Path,
        qrels: Path,
        engine: str,
        json: Path | None,
        verbosity: int,
        **options: object,
    ) -> None:
        progress = Progress(self.stderr if verbosity else None)
        try:
            collection = read_collection(documents, queries, qrels, self.stderr)
            with scratch_index(Vocabulary.current().lexicon, engine) as index:
                figures = evaluate_retrieval(collection, index, progress)
            print_figures(figures, self.stdout)
            write_figures(figures, json)
        except (NoGoodLine, UnreadableFile, OSError) as error:
            raise CommandError(str(error)) from error
