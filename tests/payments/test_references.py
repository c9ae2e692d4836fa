"""References survive one misreading and are mistaken for no other."""

from hypothesis import given
from hypothesis import strategies as st

from payments.references import (
    ALPHABET,
    LENGTH,
    find_in,
    new_reference,
    read,
    spoken,
    with_checksum,
)

data = st.text(alphabet=ALPHABET, min_size=6, max_size=6)
references = data.map(with_checksum)


@given(references)
def test_a_reference_reads_as_itself(reference):
    assert read(reference) == reference
    assert read(reference.lower()) == reference
    assert find_in(f"תשלום {spoken(reference)} דמי תוכנית")[0] == reference


@given(references, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET + "IO01ÄL"))
def test_one_wrong_sign_is_mended_wherever_it_stands(reference, place, sign):
    wrong = reference[:place] + sign + reference[place + 1 :]
    assert read(wrong) == reference
    assert reference in find_in(f"\u200fGJ {wrong[:4]} {wrong[4:]}\u200e")


@given(references, references)
def test_two_references_differ_in_three_places_or_more(one, other):
    differing = sum(a != b for a, b in zip(one, other, strict=True))
    assert differing == 0 or differing >= 3


@given(references, st.sampled_from(["", "G", "GI-", "6J", "ref "]))
def test_a_spoilt_prefix_costs_nothing_if_the_rest_is_right(reference, prefix):
    assert reference in find_in(f"{prefix}{reference}")


@given(st.text(max_size=60))
def test_no_text_is_an_error(text):
    for found in find_in(text):
        assert read(found) == found


def test_fresh_references_differ():
    assert len({new_reference() for _ in range(500)}) == 500
