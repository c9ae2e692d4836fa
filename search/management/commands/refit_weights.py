"""Fit the weights of matching to the answers so far; a person adopts them, or not."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.figures import add_json, print_figures, write_figures
from search.matching.ranking import HAND_SET
from search.matching.refit import TooFewAnswers, adopt_weights, refit_weights
from search.models import MatchWeights


class Command(BaseCommand):
    help = (
        "Fit weights to answers and print how they fare beside the hand-set ones. "
        "Nothing changes until --adopt names what was printed; --hand-set goes back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--adopt", type=int, metavar="NUMBER")
        act.add_argument("--hand-set", action="store_true")
        add_json(parser)

    def handle(
        self, *, adopt: int | None, hand_set: bool, json: Path | None, **options: object
    ) -> None:
        if hand_set:
            adopt_weights(None)
            self.stdout.write("the hand-set weights are in force")
        elif adopt is not None:
            row = MatchWeights.objects.filter(pk=adopt).first()
            if row is None:
                raise CommandError(f"there are no weights {adopt}")
            adopt_weights(row)
            self.stdout.write(f"weights {adopt} are in force")
        else:
            self._report(json)

    def _report(self, json: Path | None) -> None:
        try:
            row = refit_weights()
        except TooFewAnswers as error:
            raise CommandError(str(error)) from error
        figures: dict[str, float | int | str] = {
            "number": row.pk,
            "answers": row.answers,
            "kept_back": row.report["kept_back"],
        }
        for whose in ("hand_set", "refitted"):
            for name, value in row.report[whose].items():
                figures[f"{whose}.{name}"] = value
        figures |= {"base": row.base, "hand_set.base": HAND_SET.base}
        for name, value in row.weights.items():
            figures |= {name: value, f"hand_set.{name}": HAND_SET.weights[name]}
        print_figures(figures, self.stdout)
        write_figures(figures, json)
