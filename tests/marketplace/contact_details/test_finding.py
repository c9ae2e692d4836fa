"""The finder of contact details, judged by lines with known answers.

`held_out.tsv` was written before the rules and no rule was tuned to it; its figures
are the ones to quote. `lines.tsv` are the lines the rules were made with.
"""

import itertools
from pathlib import Path

import pytest

from marketplace.contact_details import ContactKind, contact_details_in

HERE = Path(__file__).parent


def judged(name: str) -> list[tuple[frozenset[str], str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(frozenset(kinds.split(",")) - {"-"}, text) for kinds, text in rows]


def kinds_in(text: str) -> set[str]:
    return {found.kind.value for found in contact_details_in(text)}


def test_five_hundred_lines_judge_it_of_which_two_hundred_were_held_out():
    assert len(judged("held_out.tsv")) >= 200
    assert len(judged("held_out.tsv")) + len(judged("lines.tsv")) >= 500


@pytest.mark.parametrize("script", ["latin", "hebrew", "arabic"])
@pytest.mark.parametrize("name", ["held_out.tsv", "lines.tsv"])
def test_recall_and_precision_hold_in_every_script(name, script):
    rows = [row for row in judged(name) if script_of(row[1]) == script]
    warned = [bool(kinds) for kinds, text in rows if kinds_in(text)]
    caught, due = sum(warned), sum(bool(kinds) for kinds, _ in rows)

    assert due >= 30
    assert caught / due >= 0.95
    assert caught / len(warned) >= 0.8


def script_of(text: str) -> str:
    if any("\u0590" <= letter <= "\u05ff" for letter in text):
        return "hebrew"
    return (
        "arabic" if any("\u0600" <= letter <= "\u06ff" for letter in text) else "latin"
    )


@pytest.mark.parametrize(("kinds", "text"), judged("lines.tsv"))
def test_each_line_the_rules_were_made_with_is_named_by_its_kinds(kinds, text):
    found = kinds_in(text)

    assert found >= kinds
    assert bool(found) == bool(kinds)


def test_a_detail_is_named_by_its_place_in_the_text_as_written():
    text = "\u200fרקמה: ٠٥٩-٥٥٥-٠١٧١ او mail@press.example"

    phone, email = contact_details_in(text)

    assert (phone.kind, email.kind) == (ContactKind.PHONE, ContactKind.EMAIL)
    assert text[phone.start : phone.end] == "٠٥٩-٥٥٥-٠١٧١"
    assert text[email.start : email.end] == "mail@press.example"


def test_marks_and_hidden_signs_between_digits_do_not_hide_a_number():
    assert kinds_in("0\u200b5\u200b2\u2060555\u00ad0134") == {"phone"}
    assert kinds_in("０５２ー".replace("ー", "") + "555 0134") == {"phone"}


def test_no_detail_overlaps_another():
    found = contact_details_in(
        "wa.me/972525550134 https://wa.me/972525550134 a@b.co.il"
    )

    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 50000,
        "0 " * 25000,
        "a." * 25000,
        "@" * 50000,
        "zero " * 10000,
        "(at) " * 10000,
        "il12" + " a" * 25000,
        "נקודה " * 8000,
        "+" * 50000,
    ],
)
def test_a_text_made_to_be_slow_is_read_to_its_end(text):
    contact_details_in(text)


def test_what_lies_behind_the_longest_read_text_is_not_read():
    assert contact_details_in(" " * 20_000 + "0525550134") == ()
