"""Words that only ask are left out of a question that asks anything else."""

import pytest

from search.analysis import analyse, without_asking


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("Who presses olives?", ["presses", "olives"]),
        ("מי כובש זיתים", ["כובש", "זיתימ"]),
        ("באיזה כפר", ["כפר"]),
        ("من يعصر الزيتون", ["يعصر", "الزيتون"]),
        ("أي قرية", ["قريه"]),
        ("where is what", ["is"]),
    ],
)
def test_what_tells_is_kept(question, telling):
    assert [forms[0] for forms in without_asking(analyse(question))] == telling


@pytest.mark.parametrize("question", ["who", "מי ומה", "كم", ""])
def test_a_question_of_such_words_alone_keeps_them(question):
    words = analyse(question)
    assert without_asking(words) == words
