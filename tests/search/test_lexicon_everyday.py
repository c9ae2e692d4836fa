"""Words of news and talk, in the forms in which they are written, share a concept."""

import pytest

from search.analysis import analyse
from tests.search.test_across_languages import lexicon

SAME = [
    ("they decided", "החליטו", "قرروا"),
    ("she announced", "הודיעה", "أعلنت"),
    ("he will return", "יחזור", "يعود"),
    ("arrived", "הגיעו", "وصلت"),
    ("the court ruled", "בית המשפט", "المحكمة"),
    ("railway station", "תחנת רכבת", "محطة القطار"),
    ("his family", "משפחתו", "عائلته"),
    ("thousands of people", "אלפי אנשים", "آلاف الناس"),
    ("bacteria", "חיידקים", "البكتيريا"),
    ("earthquake", "רעידת אדמה", "زلزال"),
    ("north-east", "צפון מזרח", "شمال شرق"),
    ("New York", "ניו יורק", "نيويورك"),
    ("Hebron", "חברון", "الخليل"),
    ("yesterday evening", "אתמול בערב", "مساء أمس"),
]
APART = [
    ("people", "עם"),
    ("god", "אל"),
    ("mortal", "فان"),
    ("illusion", "وهم"),
    ("nose", "אף"),
    ("stay", "بقوات"),
]
"""An English word, and a little word that looks like the other language's for it."""


def concepts(text: str) -> set[str]:
    return {concept.term for concept in lexicon().find(analyse(text))}


@pytest.mark.parametrize("texts", SAME, ids=[texts[0] for texts in SAME])
def test_a_form_in_one_language_meets_that_of_the_two_others(texts):
    english, hebrew, arabic = map(concepts, texts)
    assert english & hebrew
    assert english & arabic
    assert hebrew & arabic


@pytest.mark.parametrize(("word", "little"), APART)
def test_a_little_word_is_not_taken_for_a_word_that_looks_like_it(word, little):
    assert concepts(word)
    assert not concepts(word) & concepts(little)
