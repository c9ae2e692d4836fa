"""Packed terms."""

from hypothesis import given
from hypothesis import strategies as st

from search.vectors import (
    MOST_TF,
    Position,
    entries_of,
    gram_positions,
    gram_vector,
    key_of,
    keys_in,
    pack,
    pack_positions,
    positions_of,
    split_entry,
    unpack,
    unpack_positions,
    vector_of,
)

WORDS = st.lists(
    st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, unique=True).map(tuple)
)


def test_a_key_is_the_head_of_the_terms_digest():
    assert key_of("oil") == 0x2B844640F5BF6CF9 >> 4
    assert key_of("oil") != key_of("oils")


def test_a_vector_counts_positions_that_have_a_form():
    vector = vector_of([("running", "run"), ("run",), ("far",)])
    assert dict(map(split_entry, vector)) == {
        key_of("running"): 1,
        key_of("run"): 2,
        key_of("far"): 1,
    }
    assert list(vector) == sorted(vector)


def test_frequencies_stop_at_fifteen():
    (entry,) = vector_of([("oil",)] * 40)
    assert split_entry(entry) == (key_of("oil"), MOST_TF)
    assert entry in entries_of(key_of("oil"))


def test_equal_words_become_one_position():
    assert positions_of([("oil",), ("oils", "oil"), ("oil",)]) == (
        Position((key_of("oil"),), 2),
        Position((key_of("oils"), key_of("oil")), 1),
    )


def test_grams_are_positions_of_one_key():
    assert gram_positions(["_oi", "oil", "_oi"]) == (
        Position((key_of("_oi"),), 2),
        Position((key_of("oil"),), 1),
    )
    assert len(gram_vector(["_oi", "oil", "_oi"])) == 2


@given(WORDS)
def test_what_was_packed_comes_back(words):
    vector, positions = vector_of(words), positions_of(words)
    assert unpack(pack(vector)) == vector
    assert unpack_positions(pack_positions(positions)) == positions


@given(WORDS)
def test_every_form_is_in_the_vector_and_nothing_else(words):
    assert set(keys_in(vector_of(words))) == {
        key_of(form) for forms in words for form in forms
    }


def test_packed_bytes_are_little_endian():
    assert pack(vector_of([("oil",)]))[0] & 0xF == 1
