"""How well English questions find the paragraph, and the sentence, that answers them.

    python tests/benchmarks/english.py

Beside plain BM25 over lower-case words. Paragraphs and questions were written by hand
before anything of the rules was read. See README.md.
"""

from __future__ import annotations

import csv
import os
import re
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]
DATA = ROOT / "tests" / "search" / "data"
CLOSENESS = ("close", "between", "far")
_END = re.compile(r"(?<=[.!?]) ")
_WORD = re.compile(r"\w+")


class Question(NamedTuple):
    """What is asked, where its answer stands, and how near to the answer's words."""

    text: str
    paragraph: str
    sentence: int
    closeness: str


class Collection(NamedTuple):
    """Texts, and for each question the place of the one that answers it, from 0."""

    texts: list[str]
    right: list[int]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def questions() -> tuple[Question, ...]:
    return tuple(
        Question(
            row["question"], row["paragraph"], int(row["sentence"]), row["closeness"]
        )
        for row in rows("english_questions.tsv")
    )


def paragraphs() -> Collection:
    texts = rows("english_paragraphs.tsv")
    places = {row["paragraph"]: place for place, row in enumerate(texts)}
    right = [places[question.paragraph] for question in questions()]
    return Collection([row["text"] for row in texts], right)


def sentences() -> Collection:
    texts: list[str] = []
    places = {}
    for row in rows("english_paragraphs.tsv"):
        for number, sentence in enumerate(_END.split(row["text"]), 1):
            places[row["paragraph"], number] = len(texts)
            texts.append(sentence)
    right = [places[question.paragraph, question.sentence] for question in questions()]
    return Collection(texts, right)


def by_product(collection: Collection) -> list[int]:
    """The place of the right text for each question, from 1; 0 beyond ten."""
    from marketplace.taxonomy import vocabulary
    from search.evaluation.scratch import scratch_index
    from search.lexicon import lexicon_in

    lexicon = lexicon_in(vocabulary.lexicon(), vocabulary.capabilities())
    with scratch_index(lexicon) as index:
        index.fill(collection.texts)
        return [
            _place(right, index.search(question.text).ids)
            for right, question in zip(collection.right, questions(), strict=True)
        ]


def by_plain_words(collection: Collection) -> list[int]:
    """The same by BM25 over lower-case words as they stand, with its usual k1 and b."""
    from search.frequencies import statistics
    from search.matching.lexical import Bm25, Saturation
    from search.vectors import keys_in, positions_of, vector_of

    texts = [_words(text) for text in collection.texts]
    vectors = [vector_of(text) for text in texts]
    counts: dict[int, int] = {}
    for vector in vectors:
        for key in keys_in(vector):
            counts[key] = counts.get(key, 0) + 1
    field = statistics(len(texts), sum(map(len, texts)), counts)
    usual = Saturation(least=1.2, most=1.2, per_length=0.0, b=0.75)
    places = []
    for right, question in zip(collection.right, questions(), strict=True):
        asked = Bm25(positions_of(_words(question.text)), field, usual)
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


def _show(name: str, collection: Collection) -> None:
    print(f"{name}: {len(questions())} questions, {len(collection.texts)} texts")
    lost = []
    ways: tuple[tuple[str, Callable[[Collection], list[int]]], ...]
    ways = (("plain words", by_plain_words), ("this product", by_product))
    for way, find in ways:
        places = find(collection)
        lost.append(1 - mrr(places))
        by_closeness = " ".join(f"{one} {_of(one, places):.3f}" for one in CLOSENESS)
        first = sum(place == 1 for place in places) / len(places)
        found = sum(place > 0 for place in places) / len(places)
        print(
            f"  {way}: mrr@10 {mrr(places):.3f} ({by_closeness}) "
            f"first {first:.3f} ten {found:.3f}"
        )
    print(f"  won back of what plain words lose: {1 - lost[1] / lost[0]:.3f}")


def _of(closeness: str, places: list[int]) -> float:
    pairs = zip(questions(), places, strict=True)
    return mrr([place for question, place in pairs if question.closeness == closeness])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

        import django

        django.setup()
        _show("paragraphs", paragraphs())
        _show("sentences", sentences())


if __name__ == "__main__":
    main()
