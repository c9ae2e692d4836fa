"""How often a mistyped word still finds the texts that have it.

    python tests/benchmarks/mistyped.py FOLDER [--words 400] [--engine embedded]

FOLDER holds collections as `evaluate_retrieval` reads them, in folders of any depth; the
English sentences are those of `english.py`. A rare word of a text is asked for by itself,
with one wrong letter or, from eight letters on, with two; it counts where the text is among
the first ten. See README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from time import process_time

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from tests.benchmarks.english import sentences  # noqa: E402

SHORTEST, SHORTEST_OF_TWO, RAREST = 4, 8, 3
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "he": "אבגדהוזחטיכלמנסעפצקרשת",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}


def texts_in(folder: Path) -> dict[str, list[str]]:
    texts = {"en": sentences()}
    for path in sorted(folder.rglob("sentences/documents.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                texts.setdefault(line["language"], []).append(line["text"])
    return texts


def mistyped(word: str, letters: str, chance: Random) -> str:
    """The word with a letter left out, doubled, swapped with the next, or another."""
    place = chance.randrange(len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chance.choice(
        [
            f"{before}{after}",
            f"{before}{letter}{letter}{after}",
            f"{before}{after[0]}{letter}{after[1:]}",
            f"{before}{chance.choice(letters)}{after}",
        ]
    )


def asked_for(
    texts: dict[str, list[str]], count: int, chance: Random
) -> list[tuple[str, int, str, int]]:
    """Language, errors, what is typed, and the place of the text that has the word."""
    from search.analysis import surfaces

    words = {name: [surfaces(text) for text in some] for name, some in texts.items()}
    common = Counter(
        word for some in words.values() for text in some for word in set(text)
    )
    first, questions = 0, []
    for language, some in words.items():
        made = 0
        while made < count:
            place = chance.randrange(len(some))
            fit = [w for w in some[place] if len(w) >= SHORTEST and common[w] <= RAREST]
            if not fit:
                continue
            word = chance.choice(fit)
            made += 1
            wrong = mistyped(word, LETTERS[language], chance)
            questions.append((language, 1, wrong, first + place))
            if len(word) >= SHORTEST_OF_TWO:
                twice = mistyped(wrong, LETTERS[language], chance)
                questions.append((language, 2, twice, first + place))
        first += len(some)
    return [one for one in questions if one[2] not in common]


def run(folder: Path, count: int, engine: str) -> None:
    from search.evaluation.scratch import scratch_index
    from search.lexicon import lexicon_in

    texts = texts_in(folder)
    whole = [text for some in texts.values() for text in some]
    found: Counter[tuple[str, int]] = Counter()
    asked: Counter[tuple[str, int]] = Counter()
    spent: list[float] = []
    with scratch_index(lexicon_in({}, {}), engine) as index:
        index.fill(whole)
        for language, errors, typed, place in asked_for(texts, count, Random(5)):
            began = process_time()
            ids = index.search(typed).ids
            spent.append(process_time() - began)
            asked[language, errors] += 1
            found[language, errors] += place in ids[:10]
    for kind in sorted(asked):
        language, errors = kind
        share = found[kind] / asked[kind]
        print(f"{language}, {errors} wrong: {share:.3f} of {asked[kind]} found")
    middle = sorted(spent)[len(spent) // 2]
    print(f"a question, CPU p50 {1000 * middle:.1f} ms, {len(whole)} texts")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--engine", default="embedded")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        os.environ["VAR_DIR"] = var
        os.environ["DATABASE_URL"] = f"sqlite:///{var}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

        import django

        django.setup()
        run(options.folder, options.words, options.engine)


if __name__ == "__main__":
    main()
