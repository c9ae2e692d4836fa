"""BM25 over positions, against figures worked out by hand."""

from math import isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyse, grams
from search.matching.lexical import GRAMS, WORDS, Bm25, blend, inverse_frequency
from search.vectors import (
    FieldStatistics,
    gram_positions,
    gram_vector,
    key_of,
    positions_of,
    vector_of,
)


def seen(documents: int, mean_length: float, **df: int) -> FieldStatistics:
    return FieldStatistics(
        documents, mean_length, {key_of(term): count for term, count in df.items()}
    )


def share(query, document, statistics=None, saturation=WORDS) -> float:
    scorer = Bm25(
        positions_of(query), statistics or seen(10, 4.0, oil=2, press=1), saturation
    )
    return scorer.share(vector_of(document), len(document))


def test_one_word_out_of_two_scores_its_part():
    idf_oil, idf_press = log(1 + 8.5 / 2.5), log(1 + 9.5 / 1.5)
    # tf 1, length 4 = the mean: (1 * 1.4) / (1 + 0.4) = 1
    expected = idf_oil / (idf_oil + idf_press)
    document = [("oil",), ("of",), ("the",), ("region",)]
    assert isclose(share([("oil",), ("press",)], document), expected)


def test_repetition_saturates_and_length_weighs():
    # tf 2 in 8 positions where 4 are the mean: 0.4 * (0.25 + 0.75 * 2) = 0.7
    document = [("oil",)] * 2 + [("word",)] * 6
    assert isclose(share([("oil",)], document), 2 * 1.4 / (2 + 0.7))


def test_in_long_texts_repetition_tells_more():
    statistics = seen(10, 120.0, oil=2)
    document = [("oil",)] * 2 + [("word",)] * 118
    assert isclose(share([("oil",)], document, statistics), 2 * 2.2 / (2 + 1.2))
    between = WORDS.k1(64.0)
    assert isclose(between, 0.8)
    assert (WORDS.k1(0.0), WORDS.k1(1e6)) == (0.4, 1.2)
    assert (GRAMS.k1(0.0), GRAMS.k1(1e6)) == (0.3, 0.9)


def test_forms_of_one_word_are_summed_and_take_the_commonest_df():
    statistics = seen(10, 2.0, running=1, run=5)
    document = [("running", "run"), ("run",)]
    # tf = 1 (running) + 2 (run); idf of df 5
    scorer = Bm25(positions_of([("running", "run")]), statistics, WORDS)
    assert isclose(scorer.own_score, log(1 + 5.5 / 5.5))
    assert isclose(scorer.share(vector_of(document), 2), 3 * 1.4 / (3 + 0.4))


def test_a_word_asked_twice_weighs_twice():
    once = share([("oil",), ("press",)], [("press",)])
    twice = share([("oil",), ("press",), ("press",)], [("press",)])
    assert twice > once


def test_words_nobody_wrote_lower_the_share():
    assert share([("oil",), ("quince",)], [("oil",)]) < share([("oil",)], [("oil",)])


def test_grams_have_parameters_of_their_own():
    statistics = FieldStatistics(10, 3.0, {key_of("oil"): 1})
    scorer = Bm25(gram_positions(["oil"]), statistics, GRAMS)
    vector = gram_vector(["oil", "oil", "il_"])
    assert isclose(scorer.share(vector, 3), 2 * 1.3 / (2 + 0.3))


@pytest.mark.parametrize("query", [[], [("quince",)]])
def test_nothing_in_common_scores_nothing(query):
    assert share(query, [("oil",)]) == 0.0


def test_an_empty_index_neither_divides_by_zero_nor_finds():
    assert share([("oil",)], [("oil",)], FieldStatistics()) > 0
    assert share([("oil",)], [], FieldStatistics()) == 0


def test_a_df_counted_before_its_documents_gives_no_negative_weight():
    assert inverse_frequency((key_of("oil"),), seen(1, 1.0, oil=5)) > 0


@given(st.lists(st.sampled_from(["oil", "press", "running", "runs"]), max_size=12))
def test_the_share_is_never_negative_and_ignores_the_order_of_words(words):
    query = analyse("running an oil press")
    forwards = share(query, analyse(" ".join(words)))
    backwards = share(query, analyse(" ".join(reversed(words))))
    assert forwards == backwards >= 0


def test_the_text_itself_answers_best():
    texts = ["בית בד קטן בצפון", "معصرة زيتون في الشمال", "a small olive press"]
    for text in texts:
        query = gram_positions(grams(text))
        scores = [
            Bm25(query, FieldStatistics(3, 20.0), GRAMS).share(
                gram_vector(grams(other)), len(grams(other))
            )
            for other in texts
        ]
        assert max(scores) == scores[texts.index(text)]


def test_the_blend_is_the_mean():
    assert blend(0.4, 0.8) == pytest.approx(0.6)


def test_a_word_said_otherwise_counts_once_and_apart():
    scorer = Bm25(
        positions_of([("oil",), ("press",)]), seen(10, 4.0, oil=2, press=1), WORDS
    )
    document = [("oil",), ("of",), ("the",), ("mill",)]
    oil, press = scorer.weights
    words, meant = scorer.shares(vector_of(document), 4, [(0, oil), (1, press / 2)])
    assert isclose(words, oil / (oil + press))
    assert isclose(meant, (oil + press / 2) / (oil + press))
    assert scorer.shares(vector_of([]), 4) == (0.0, 0.0)
