"""How well English questions find the sentence that answers them, beside plain BM25.

    python tests/benchmarks/english.py

The sentences are the English ones of ``tests/search/data/trilingual.tsv`` and those of
the demonstration's English listings; the questions were written by hand, with other
forms and other words than the sentences have. See README.md.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]
DATA = ROOT / "tests" / "search" / "data"
LISTINGS = ROOT / "cms" / "demo" / "listings" / "en.jsonl"
_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"\w+")
FEWEST_WORDS = 4


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def sentences() -> list[str]:
    """Those that are asked for first, in their order; then those of the listings."""
    texts = [row["en"] for row in rows("trilingual.tsv")]
    with LISTINGS.open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            parts = (f"{line['title']}.", line["summary"], line.get("details", ""))
            said = _END.split(" ".join(parts))
            texts += [one for one in said if len(one.split()) >= FEWEST_WORDS]
    return texts


def questions() -> list[tuple[int, str]]:
    """The place of the sentence that answers, from 0, and the question."""
    return [
        (int(row["sentence"]) - 1, row["question"])
        for row in rows("english_questions.tsv")
    ]


def by_product() -> list[int]:
    """The place of the right sentence for each question, from 1; 0 beyond ten."""
    from marketplace.taxonomy import vocabulary
    from search.evaluation.scratch import scratch_index
    from search.lexicon import lexicon_in

    lexicon = lexicon_in(vocabulary.lexicon(), vocabulary.capabilities())
    with scratch_index(lexicon) as index:
        index.fill(sentences())
        return [
            _place(right, index.search(question).ids) for right, question in questions()
        ]


def by_plain_words() -> list[int]:
    """The same by BM25 over lower-case words as they stand, with its usual k1 and b."""
    from search.frequencies import statistics
    from search.matching.lexical import Bm25, Saturation
    from search.vectors import keys_in, positions_of, vector_of

    texts = [_words(text) for text in sentences()]
    vectors = [vector_of(text) for text in texts]
    counts: dict[int, int] = {}
    for vector in vectors:
        for key in keys_in(vector):
            counts[key] = counts.get(key, 0) + 1
    field = statistics(len(texts), sum(map(len, texts)), counts)
    usual = Saturation(least=1.2, most=1.2, per_length=0.0, b=0.75)
    places = []
    for right, question in questions():
        asked = Bm25(positions_of(_words(question)), field, usual)
        scores = [
            asked.share(vector, len(text))
            for vector, text in zip(vectors, texts, strict=True)
        ]
        order = sorted(range(len(texts)), key=lambda number: -scores[number])
        places.append(_place(right, order))
    return places


def mrr(places: list[int]) -> float:
    return sum(1 / place for place in places if place) / len(places)


def _place(right: int, order: list[int] | tuple[int, ...]) -> int:
    best = list(order[:10])
    return best.index(right) + 1 if right in best else 0


def _words(text: str) -> list[tuple[str]]:
    return [(word,) for word in _WORD.findall(text.lower())]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

        import django

        django.setup()
        print(f"{len(questions())} questions, {len(sentences())} sentences")
        for name, places in (
            ("plain words", by_plain_words()),
            ("this product", by_product()),
        ):
            first = sum(place == 1 for place in places) / len(places)
            found = sum(place > 0 for place in places) / len(places)
            print(f"{name}: mrr@10 {mrr(places):.3f} first {first:.3f} ten {found:.3f}")


if __name__ == "__main__":
    main()
