"""How well investors, firms and partners are matched, beside simpler rankings.

    python tests/benchmarks/matching.py [--world deals] [--firms 1500] [--investors 200]
        [--seed 1]

On an invented world, of ``deals.py`` or one of ``worlds.py``: the product with and
without earlier answers, sectors shared, how often a firm's trade was chosen before, and
plain BM25, all over the same pools and judged by the same metrics. See README.md.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

if TYPE_CHECKING:
    from search.evaluation.parties import Parties
    from search.evaluation.pools import MatchingInput

FIGURES = ("recall@50", "recall@100", "ndcg@10", "mrr")
Score = Callable[[str, str], float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    worlds = ("deals", "currents", "registers", "rules")
    parser.add_argument("--world", choices=worlds, default="deals")
    parser.add_argument("--firms", type=int, default=1_500)
    parser.add_argument("--investors", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["VAR_DIR"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

        import django

        django.setup()
        from tests.benchmarks import deals
        from tests.benchmarks import worlds as others

        folder = Path(name)
        size = (options.firms, options.investors, options.seed)
        if options.world == "deals":
            deals.write(folder, *size)
        else:
            others.write(folder, options.world, *size)
        for collection in ("invest", "border"):
            if (folder / f"{collection}-listings.jsonl").exists():
                measure(folder, collection)


def measure(folder: Path, world: str) -> None:
    from marketplace.progress import Progress
    from search.evaluation.matching import evaluate_matching
    from search.evaluation.parties import parties_of
    from search.evaluation.pools import read_input
    from search.evaluation.vocabulary import Vocabulary

    mandates = folder / f"{world}-mandates.jsonl"
    given = read_input(
        folder / f"{world}-listings.jsonl",
        mandates if mandates.exists() else None,
        folder / f"{world}-judgements.tsv",
        folder / f"{world}-learn.tsv",
        None,
        sys.stderr,
    )
    entries = list(given.entries.values())
    print(f"\n{world:<22}{'forward':^36}  {'backward':^36}")
    print(
        f"{'':<22}" + "  ".join("".join(f"{f:>9}" for f in FIGURES) for _ in range(2))
    )
    quiet = Progress(None)
    with parties_of(entries, Vocabulary.current(), quiet) as parties:
        for name, score in baselines(given, parties).items():
            show(name, ranked(given, score))
        began = process_time()
        # Without earlier answers to learn from, over the pools they leave.
        known = frozenset((a, b) for a, some in given.learn.items() for b in some)
        spare = {name: given.entries[name] for name in needed(given)}
        fresh = replace(given, entries=spare, learn={}, excluded=given.excluded | known)
        show("start weights", evaluate_matching(fresh, parties, quiet))
        figures = evaluate_matching(given, parties, quiet)
        show("learned, one-sided", figures, "one_sided.")
        show("learned, both ways", figures)
        print(f"{process_time() - began:.0f} s of processor time")


def needed(given: MatchingInput) -> list[str]:
    return list(dict.fromkeys((*given.askers, *given.candidates)))


def baselines(given: MatchingInput, parties: Parties) -> Mapping[str, Score]:
    from search.matching.lexical import WORDS, Bm25
    from search.models import Field
    from search.vectors import positions_of

    chosen: Counter[str] = Counter()
    for rights in given.learn.values():
        for right in rights:
            chosen.update(parties[right].traits.sectors)
    questions: dict[str, Bm25] = {}

    def sectors(left: str, right: str) -> float:
        one, other = parties[left].traits.sectors, parties[right].traits.sectors
        return len(set(one) & set(other)) / (len(one) or 1)

    def popular(left: str, right: str) -> float:
        return max((chosen[code] for code in parties[right].traits.sectors), default=0)

    def words(left: str, right: str) -> float:
        if left not in questions:
            terms = parties.document(left).offer_terms.split()
            asked = positions_of([tuple(forms.split("/")) for forms in terms])
            statistics = parties.frequencies.of(Field.OFFER_WORDS)
            questions[left] = Bm25(asked, statistics, WORDS)
        profile = parties[right].profile
        return questions[left].share(profile.offer_words, profile.offer_length)

    return {"sectors shared": sectors, "popularity of trades": popular, "BM25": words}


def ranked(given: MatchingInput, score: Score) -> dict[str, float | int | str]:
    """The figures of one score that looks one way only."""
    from search.evaluation.matching import figures_of

    turned: dict[str, dict[str, int]] = defaultdict(dict)
    for left, grades in given.judged.items():
        for right, grade in grades.items():
            turned[right][left] = grade
    forward = {
        left: _by({right: score(left, right) for right in given.pool_of(left)})
        for left in given.judged
    }
    backward = {
        right: _by({left: score(left, right) for left in given.pool_for(right)})
        for right in turned
    }
    return {
        **figures_of("forward", forward, given.judged),
        **figures_of("backward", backward, turned),
    }


def _by(scores: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def show(name: str, figures: Mapping[str, float | int | str], prefix: str = "") -> None:
    ways = (
        "".join(f"{figures[f'{prefix}{way}.{one}']:>9.3f}" for one in FIGURES)
        for way in ("forward", "backward")
    )
    print(f"{name:<22}" + "  ".join(ways))


if __name__ == "__main__":
    main()
