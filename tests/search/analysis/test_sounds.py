"""A name has one key in three alphabets, and any text has keys that engines keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyse, sounds_of
from search.analysis.sounds import LONGEST_KEY, MOST_OF_A_WORD

from .test_properties import REGIONAL


def keys(word: str) -> set[str]:
    (forms,) = analyse(word)
    return set(sounds_of(forms))


@pytest.mark.parametrize(
    ("english", "hebrew", "arabic", "key"),
    [
        ("Jamal", "גמאל", "جمال", "gml"),
        ("polyethylene", "פוליאתילן", "بوليثيلين", "pltln"),
        ("Nablus", "נבלוס", "نابلس", "npls"),
        ("Khalid", "ח'אלד", "خالد", "ald"),
        ("Victor", "ויקטור", "فيكتور", "pktr"),
        ("Mitsubishi", "מיצובישי", "ميتسوبيشي", "msps"),
        ("Stanley", "סטנלי", "استانلي", "stnl"),
        ("Norwegian", "נורווגית", "النرويجية", "nrg"),
        ("Macedonia", "מקדוניה", "مقدونيا", "mkdn"),
        ("Jordan", "ירדן", "الأردن", "ardn"),
        ("Zurich", "ציריך", "زيوريخ", "srk"),
        ("Bahrain", "בחריין", "البحرين", "prn"),
        ("Matthew", "מתיו", "ماثيو", "mt"),
    ],
)
def test_a_name_sounds_alike_in_three_alphabets(english, hebrew, arabic, key):
    assert all(key in keys(name) for name in (english, hebrew, arabic))


@pytest.mark.parametrize(
    ("english", "loan"),
    [
        ("consortium", "קונסורציום"),
        ("consortium", "كونسورتيوم"),
        ("innovation", "אינובציה"),
        ("television", "טלוויזיה"),
        ("television", "تلفزيون"),
    ],
)
def test_a_loan_word_meets_the_english_one(english, loan):
    assert keys(english) & keys(loan)


@pytest.mark.parametrize(
    ("bare", "written"),
    [
        ("קונסורציום", "בקונסורציום לקונסורציום הקונסורציום ולקונסורציום שבקונסורציום"),
        ("نيكوتين", "النيكوتين والنيكوتين بالنيكوتين للنيكوتين لنيكوتين ونيكوتين"),
        ("robot", "robots robot's Robot"),
        ("روبوت", "روبوتات الروبوتات"),
    ],
)
def test_what_is_written_together_with_a_name_hides_no_key(bare, written):
    for word in written.split():
        assert keys(bare) <= keys(word), word


@pytest.mark.parametrize("word", ["או", "aye", "Łódź", "2024", "Москва", "ي", "x2"])
def test_what_has_no_two_known_consonants_has_no_key(word):
    assert not keys(word)


def test_names_of_different_sound_are_kept_apart():
    for one, other in [("Oman", "Monaco"), ("גרוזיה", "גרמניה"), ("حيفا", "نابلس")]:
        assert not keys(one) & keys(other)


@given(st.text() | REGIONAL)
def test_a_key_is_short_and_of_small_letters_alone(text: str) -> None:
    for forms in analyse(text):
        found = sounds_of(forms)
        assert len(found) <= MOST_OF_A_WORD
        assert len(set(found)) == len(found)
        assert all(
            key.isascii() and key.isalpha() and key.islower() for key in found
        ), found
        assert all(2 <= len(key) <= LONGEST_KEY for key in found)
