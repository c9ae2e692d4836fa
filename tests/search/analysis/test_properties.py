"""What holds for every text, whatever its script."""

from time import process_time
from unicodedata import category

from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import analyse, grams
from search.analysis.normal import LONGEST_TERM

REGIONAL = st.text(
    st.characters(min_codepoint=0x0590, max_codepoint=0x06FF)
    | st.sampled_from("aZ09 .,'\"’_-־׳״\u200f\u0301")
)


def is_well_formed(term: str) -> bool:
    """A term as every engine keeps it: lower-case letters, digits, ``_`` inside."""
    outside = term.replace("_", "")
    return (
        0 < len(term) <= LONGEST_TERM
        and bool(outside)
        and all(category(letter)[0] in "LN" for letter in outside)
        and term == term.lower()
        and not set(term) & set("ךםןףץ")
        and not term.startswith("_")
        and not term.endswith("_")
        and "__" not in term
    )


@given(st.text() | REGIONAL)
@example("\u0130stanbul \ufdfa \u1e9e \u00bd \u2460 \ufb2a")
@example("9" * 39 + ".5")
@example("'s 's' ''' _ 1,000,00 ..1.2.")
def test_a_term_holds_letters_digits_and_inner_underscores_alone(text: str) -> None:
    for position in analyse(text):
        assert all(is_well_formed(term) for term in position), position


@given(st.text() | REGIONAL)
def test_the_forms_of_a_word_are_distinct_and_never_absent(text: str) -> None:
    for position in analyse(text):
        assert len(set(position)) == len(position) >= 1


@given(st.text() | REGIONAL)
def test_a_surface_form_is_its_own_surface(text: str) -> None:
    """A rebuild from stored terms finds the words that the text had."""
    once = [position[0] for position in analyse(text)]
    again = [position[0] for position in analyse(" ".join(once).replace("_", "."))]
    assert again == once


@given(st.text() | REGIONAL)
def test_grams_are_three_long_and_mark_each_word(text: str) -> None:
    words = [position[0] for position in analyse(text)]
    assert len(grams(text)) == sum(map(len, words))
    assert all(len(gram) == 3 for gram in grams(text))


def test_every_character_of_unicode_can_be_analysed() -> None:
    for start in range(0, 0x110000, 0x400):
        piece = " ".join(map(chr, range(start, start + 0x400)))
        for position in analyse(piece):
            assert all(is_well_formed(term) for term in position), position


def test_hostile_texts_take_time_in_proportion_to_their_length() -> None:
    hostile = [
        "a" + "\u0300\u0316" * 50_000,
        "a" + "\u08f0\u08e3" * 50_000,
        "ו" * 100_000,
        "1,000" * 20_000,
        "'" * 100_000,
        "\ufdfa" * 20_000,
        "א'" * 50_000,
    ]
    for text in hostile:
        began = process_time()
        analyse(text)
        # Quadratic work on 100,000 characters would take ten seconds and more.
        assert process_time() - began < 2
