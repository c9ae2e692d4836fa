"""English questions in other forms and words find the sentence that answers them."""

import pytest

from tests.benchmarks.english import (
    by_plain_words,
    by_product,
    mrr,
    questions,
    sentences,
)


def test_there_are_a_hundred_questions_to_four_hundred_sentences():
    assert len(questions()) >= 100
    assert len({right for right, _ in questions()}) == len(questions())
    assert len(sentences()) >= 400


@pytest.mark.django_db
def test_the_product_finds_more_than_plain_words():
    ours, plain = mrr(by_product()), mrr(by_plain_words())
    assert ours >= 0.97
    assert ours > plain + 0.08
