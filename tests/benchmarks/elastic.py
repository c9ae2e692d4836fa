"""Candidates from a real Elasticsearch that holds very many listings (F-02).

    ELASTICSEARCH_URL=… python tests/benchmarks/elastic.py [--documents 100000]
        [--queries 300]

Generated documents go straight to the engine, without a database: words as frequent as
Zipf's law says, one sector each. Questions are cut to their budget as on the site. An
index of its own, removed at the end. See README.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from tests.benchmarks.clock import Clock, Spent, say, show, timed  # noqa: E402

VOCABULARY = 200_000
SECTORS = 400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

    import django
    from django.conf import settings

    django.setup()
    if not settings.ELASTICSEARCH_URL:
        raise SystemExit("ELASTICSEARCH_URL names no server")
    from search.engines import scratch_engine

    with TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        with scratch_engine("elasticsearch", Path(folder)) as engine:
            run(engine, options.documents, options.queries)


def run(engine, documents: int, queries: int) -> None:
    from search.frequencies import Frequencies, statistics
    from search.models import Field
    from search.vectors import key_of

    texts = Texts(0)
    spent = timed(lambda: engine.rebuild(texts.documents(documents)))
    say("generated and filled", spent, documents)
    frequencies = Frequencies(
        {
            field: statistics(
                documents,
                60 * documents,
                {key_of(term): df for term, df in counts.items()},
            )
            for field, counts in (
                (Field.OFFER_WORDS, texts.words),
                (Field.OFFER_CODES, texts.codes),
            )
        }
    )
    questions = [texts.question(frequencies) for _ in range(queries)]
    for one in questions[:50]:  # warm, as a site is
        engine.search(one)
    measured: list[Spent] = []
    found = 0
    for one in questions:
        clock = Clock()
        found += len(engine.search(one).ids)
        measured.append(clock.lap())
    print(f"{found / queries:.0f} candidates on average of {documents:,}")
    show("candidates over HTTP (F-02)", measured)


class Texts:
    """Documents and questions from one source of chance; counts what it gave."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.weights = list(accumulate(1 / (n + 3) for n in range(VOCABULARY)))
        self.names = [f"w{n}" for n in range(VOCABULARY)]
        self.words: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()

    def some(self, least: int, most: int) -> list[str]:
        count = self.chance.randint(least, most)
        return self.chance.choices(self.names, cum_weights=self.weights, k=count)

    def documents(self, count: int) -> Iterator:
        from search.codes import gate_terms
        from search.documents import ListingDocument

        for number in range(1, count + 1):
            words = self.some(30, 90)
            code = f"isic_c{1000 + self.chance.randrange(SECTORS)}"
            self.words.update(set(words))
            self.codes[code] += 1
            side = self.chance.choice(("il", "ps"))
            yield ListingDocument(
                id=number,
                version=1,
                kind="offer",
                side=side,
                gates=gate_terms("public", "offer", side),
                offer_terms=" ".join(words),
                offer_codes=(code,),
            )

    def question(self, frequencies):
        from search.codes import gates
        from search.needs import Need
        from search.queries import query_for

        words = tuple((word,) for word in self.some(8, 14))
        code = f"isic_c{1000 + self.chance.randrange(SECTORS)}"
        gate = gates(["public"], ["offer"], ["ps"])
        return query_for(Need(words, (code,)), frequencies, gates=gate)


if __name__ == "__main__":
    main()
