"""What a notice names is written for its reader, whichever way the script runs."""

from datetime import date

import pytest
from django.utils.translation import override

from marketplace.money import Money
from marketplace.notices.parameters import decode, encode


def written(value: object, language: str) -> object:
    with override(language):
        return decode({"it": encode(value)})["it"]


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "27 May 2027"), ("he", "27 במאי 2027"), ("ar", "27 أيار 2027")],
)
def test_a_day_is_named_as_on_the_pages_of_the_site(language, day):
    assert written(date(2027, 5, 27), language) == day


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_digits_of_an_amount_are_those_of_the_pages(language):
    assert "1,234" in str(written(Money(123_400, "USD"), language))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "زيت زيتون"),
        ("en", "שמן 5 ליטר"),
        ("he", "Olive oil"),
        ("ar", "Olive oil"),
    ],
)
def test_a_title_that_runs_the_other_way_does_not_carry_the_sentence_along(
    language, title
):
    assert written(title, language) == f"\u2068{title}\u2069"


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Olive oil, 5 l"), ("he", "שמן זית, 5 ליטר"), ("ar", "زيت 5")],
)
def test_a_title_that_runs_with_the_sentence_stands_as_it_was_written(language, title):
    assert written(title, language) == title
