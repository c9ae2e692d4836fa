"""Codes as terms."""

import pytest

from search.codes import (
    capability_term,
    concept_term,
    gate_terms,
    gates,
    is_section,
    sector_terms,
)


@pytest.mark.parametrize(
    ("code", "terms"),
    [
        ("1040", ("isic_c", "isic_c10", "isic_c104", "isic_c1040")),
        ("104", ("isic_c", "isic_c10", "isic_c104")),
        ("01", ("isic_a", "isic_a01")),
        ("6201", ("isic_j", "isic_j62", "isic_j620", "isic_j6201")),
        ("C", ("isic_c",)),
        ("99", ("isic_u", "isic_u99")),
        ("own-code", ("other_own_code",)),
        ("00", ("other_00",)),
    ],
)
def test_a_sector_is_a_term_at_every_level(code, terms):
    assert sector_terms(code) == terms


def test_hyphens_become_underscores():
    assert capability_term("cold-chain") == "cap_cold_chain"
    assert concept_term("olive-oil") == "con_olive_oil"


def test_only_a_whole_section_is_too_broad():
    assert is_section("isic_c")
    assert not is_section("isic_c10")
    assert not is_section("cap_cold_chain")


@pytest.mark.parametrize("kinds", [(), ("offer",), ("offer", "need")])
@pytest.mark.parametrize("sides", [(), ("ps",), ("ps", "third")])
def test_gates_meet_the_terms_of_exactly_those_listings(kinds, sides):
    asked = set(gates(("public",), kinds, sides))
    for kind in ("offer", "need", "funding"):
        for side in ("il", "ps", "third"):
            passes = not asked or bool(asked & set(gate_terms("public", kind, side)))
            wanted = (not kinds or kind in kinds) and (not sides or side in sides)
            assert passes == wanted
