"""Whichever engine names the candidates, people see the same first page."""

from random import Random

import pytest

from search.evaluation.scratch import scratch_index
from search.lexicon import current_lexicon
from tests.benchmarks.trade_texts import TradeTexts

from .servers import server_url

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

LANGUAGES = ("en", "he", "ar")
DOCUMENTS, QUERIES = 3_000, 600
PAGE = 10
LEAST = 0.99


def questions(texts: list[str], random: Random) -> list[str]:
    """Words of a text among them, more than a candidate list can hold."""
    asked = []
    for _ in range(QUERIES):
        words = random.choice(texts).split()
        asked.append(" ".join(random.sample(words, min(len(words), 8))))
    return asked


def first_pages(
    engine: str, texts: list[str], asked: list[str]
) -> list[tuple[int, ...]]:
    with scratch_index(current_lexicon(), engine) as index:
        index.fill(texts)
        return [index.search(text).ids[:PAGE] for text in asked]


def test_both_engines_show_the_same_ten(settings):
    settings.ELASTICSEARCH_URL = server_url()
    made, random = TradeTexts(seed=11), Random(11)
    texts = [made.text(random.choice(LANGUAGES), 30, 90) for _ in range(DOCUMENTS)]
    asked = questions(texts, random)
    embedded = first_pages("embedded", texts, asked)
    elastic = first_pages("elasticsearch", texts, asked)
    same = sum(one == other for one, other in zip(embedded, elastic, strict=True))

    assert all(embedded)
    assert same >= LEAST * QUERIES, f"{same} of {QUERIES}"
