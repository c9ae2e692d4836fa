"""How much of a business text that the lexicon was not made from it knows."""

import csv
from pathlib import Path

import pytest

from search.analysis import analyse
from search.lexicon import Lexicon
from tests.search.test_across_languages import lexicon

TEXT = Path(__file__).parent / "data" / "apart.tsv"
"""Written after the lexicon, by nobody who looked into it; never mend the one by the other."""
# What joins words and tells nothing of a trade.
JOINING = {
    "en": "our has have had and in for we want to a an the of with within is be it its "
    "this that they them who can on by as at from up under when so their his her without "
    "therefore but half last next every will or",
    "he": "שלנו כבר ואנחנו אנחנו את של על עם בתוך לכן ולכן שיכולים כש עד ליד הוא היא זה "
    "הבא האחרון אותם אותה שלו בכל ביותר ללא לפני השנה שני שתי כשצריך במחצית במשך בעל",
    "ar": "في منذ أن من على إلى عن مع خلال لذلك كل عند عندما حتى ذا هذا لديه لديها قبل التي "
    "الذي و ليصبح يجب ما نصف الماضي القادم",
}
# What was found, less one word in a hundred; only ever to be raised.
FLOORS = {"en": 0.99, "he": 0.99, "ar": 0.94}


def is_known(words: list[tuple[str, ...]], place: int, lexicon: Lexicon) -> bool:
    """Whether a word stands for a concept, alone or in a phrase with its neighbours."""
    if lexicon.meanings(words[place : place + 1]):
        return True
    windows = [
        words[max(0, place - before) : place + after]
        for before, after in ((2, 1), (1, 1), (1, 2), (0, 2), (0, 3))
    ]
    return any(
        len(lexicon.meanings(window))
        > sum(bool(lexicon.meanings([word])) for word in window)
        for window in windows
    )


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_nine_of_ten_telling_words_of_a_text_kept_apart_are_known(language):
    joining = {forms[0] for forms in analyse(JOINING[language])}
    with TEXT.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        sentences = [analyse(row[language]) for row in rows]
    known = [
        is_known(words, place, lexicon())
        for words in sentences
        for place, word in enumerate(words)
        if word[0] not in joining
    ]
    assert len(known) > 150
    assert sum(known) / len(known) >= FLOORS[language]
