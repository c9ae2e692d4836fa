"""Hidden signs go, honest words stay, endless words are refused."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.plain_text import clean_plain_text


def test_direction_overrides_and_zero_width_signs_are_taken_out():
    assert clean_plain_text("a\u202eb\u200bc\u2066d\x00") == "abcd"


def test_hebrew_and_arabic_stay_as_written():
    text = "שמן זית — زيت زيتون\nline"
    assert clean_plain_text(text) == text


def test_joiners_that_scripts_need_stay():
    assert "\u200d" in clean_plain_text("a\u200db")


def test_a_word_of_ten_thousand_letters_is_refused():
    with pytest.raises(ValidationError):
        clean_plain_text("x" * 10_000)
