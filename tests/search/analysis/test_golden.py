"""Each rule of the analyser on strings whose terms were worked out by hand."""

from pathlib import Path

import pytest

from search.analysis import analyse, forms, grams, surfaces
from search.analysis.derived import MADE_OF

GOLDEN = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("golden.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("# ")
]


def written(text: str) -> str:
    return " ".join("/".join(forms) for forms in analyse(text))


def test_there_are_enough_strings_of_each_script():
    assert len(GOLDEN) >= 200
    for first, last in (("א", "ת"), ("ا", "ي"), ("a", "z")):
        assert sum(any(first <= c <= last for c in text) for text, _ in GOLDEN) >= 50


@pytest.mark.parametrize(("text", "terms"), GOLDEN)
def test_a_text_gives_these_terms(text, terms):
    assert written(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("a\u200bb", "ab"),
        ("soft\u00adware", "software/softwar"),
        ("\u202bשלום\u202c", "שלומ/לומ"),
        ("\u2067نابلس\u2069", "نابلس"),
        ("\ufeffhaifa", "haifa"),
        ("haifa\u00a0port", "haifa port"),
        ("cafe\u0301", "cafe"),
        ("ש\u05c1ל\u05d5\u05b9ם", "שלומ/לומ"),
        ("م\u064f\u0648\u0654سسة", "موسسه/موسس"),
        ("ه\u200cا", "ها"),
        ("x\u19b5y", "x y"),
    ],
)
def test_what_cannot_be_seen_leaves_no_trace(text, terms):
    assert written(text) == terms


def test_grams_mark_the_bounds_of_each_word():
    assert grams("שמן oil") == ["_שמ", "שמנ", "מנ_", "_oi", "oil", "il_"]
    assert grams("a") == ["_a_"]
    assert grams("2.8") == ["_2_", "2_8", "_8_"]
    assert grams("…") == []


def test_surfaces_are_the_first_forms():
    assert surfaces("ולחברות running") == ["ולחברות", "running"]


def test_a_word_made_of_another_meets_it():
    assert len(dict(MADE_OF)) == len(MADE_OF)
    for derived, base in MADE_OF:
        assert not set(forms(derived)).isdisjoint(forms(base))
