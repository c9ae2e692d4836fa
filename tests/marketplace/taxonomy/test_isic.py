"""The arithmetic of ISIC codes."""

import pytest

from marketplace.taxonomy import isic


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("1040", ("104", "10", "C")),
        ("0122", ("012", "01", "A")),
        ("620", ("62", "J")),
        ("35", ("D",)),
        ("U", ()),
    ],
)
def test_a_code_stands_under_its_group_division_and_section(code, above):
    assert isic.ancestors_of(code) == above


@pytest.mark.parametrize("code", ["", "Z", "c", "00", "1", "10401", "١٠", "10x", "C10"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match="not an ISIC code"):
        isic.level_of(code)


def test_a_wide_code_covers_the_narrower_and_no_others():
    assert isic.covers("C", "1040")
    assert isic.covers("104", "1040")
    assert isic.covers("1040", "1040")
    assert not isic.covers("1040", "104")
    assert not isic.covers("A", "1040")
