"""From which share of a question's meaning a text in other words is worth showing.

    python tests/benchmarks/meaning.py

Asks the sentences of ``tests/search/data/trilingual.tsv`` of the same sentences in
another language, and counts, for each share, how many right ones are shown by their
meaning and how many wrong ones stand beside them. See README.md.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from itertools import permutations
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]
SENTENCES = ROOT / "tests" / "search" / "data" / "trilingual.tsv"
SHARES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

        import django

        django.setup()
        show(measured(sentences()))


def sentences() -> dict[str, list[str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        language: [row[language] for row in rows] for language in ["en", "he", "ar"]
    }


def measured(texts: dict[str, list[str]]) -> list[tuple[float, float, float]]:
    """Share, right ones shown of all, wrong ones shown a question."""
    from marketplace.taxonomy import vocabulary
    from search.evaluation.scratch import scratch_index
    from search.lexicon import lexicon_in

    lexicon = lexicon_in(vocabulary.lexicon(), vocabulary.capabilities())
    right: list[float] = []
    wrong: list[float] = []
    for asked, answered in permutations(texts, 2):
        with scratch_index(lexicon) as index:
            index.fill(texts[answered])
            for number, question in enumerate(texts[asked]):
                found = index.search(question).found
                concepts = {one.id: one.concept for one in found}
                right.append(concepts.pop(number, 0.0))
                wrong += concepts.values()
    return [
        (
            share,
            sum(one >= share for one in right) / len(right),
            sum(one >= share for one in wrong) / len(right),
        )
        for share in SHARES
    ]


def show(rows: list[tuple[float, float, float]]) -> None:
    print("share  right shown  wrong shown a question")
    for share, right, wrong in rows:
        print(f"{share:5.2f}  {right:11.3f}  {wrong:22.1f}")


if __name__ == "__main__":
    main()
