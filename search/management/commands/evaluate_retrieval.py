"""Measures how well texts are found, on an index that is made for it and removed."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.evaluation.collection import read_collection
from search.evaluation.lines import NoGoodLine
from search.evaluation.retrieval import evaluate_retrieval
from search.evaluation.scratch import scratch_index


class Command(BaseCommand):
    help = "Search a collection's documents for its queries and print the figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents", type=Path, required=True)
        parser.add_argument("--queries", type=Path, required=True)
        parser.add_argument("--qrels", type=Path, required=True)
        parser.add_argument("--engine", choices=["embedded"], default="embedded")
        parser.add_argument("--json", type=Path, help="write the figures here too")

    def handle(
        self,
        *,
        documents: Path,
        queries: Path,
        qrels: Path,
        json: Path | None,
        **options: object,
    ) -> None:
        try:
            collection = read_collection(documents, queries, qrels, self.stderr)
        except (NoGoodLine, OSError) as error:
            raise CommandError(str(error)) from error
        with scratch_index() as index:
            figures = evaluate_retrieval(collection, index)
        for name, value in figures.items():
            shown = f"{value:.4f}" if isinstance(value, float) else value
            self.stdout.write(f"{name} {shown}")
        if json:
            json.write_text(_as_json(figures), encoding="utf-8")


def _as_json(figures: dict[str, float | int | str]) -> str:
    return json.dumps(figures, indent=2) + "\n"
