"""The fictional organisations and people: complete, balanced, and private where due."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from cms.demo.records import read_organisations, read_people
from marketplace.organisations.models.organisation import Size
from marketplace.taxonomy.constants import LANGUAGE_CHOICES

DATA = Path(__file__).parents[2] / "marketplace" / "taxonomy" / "data"
ORGANISATIONS = read_organisations()
PEOPLE = read_people()
TRAITS = {"women_led", "youth_led", "cooperative", "family_firm"}
PRINTED = {
    "entrepreneur-haifa@demo.example": "il",
    "entrepreneur-nablus@demo.example": "ps",
    "investor@demo.example": "third",
    "reviewer@demo.example": None,
    "second-reviewer@demo.example": None,
    "finance@demo.example": None,
}


def codes(name: str) -> set[str]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return {row[0] for row in csv.reader(lines, delimiter="\t")}


def test_both_sides_stand_in_balance_beside_third_parties():
    sides = Counter(organisation.side for organisation in ORGANISATIONS)
    assert sides["il"] == sides["ps"] >= 25
    assert 10 <= sides["third"] <= 15


def test_jerusalem_and_gaza_are_among_the_places_of_palestinian_firms():
    places = {o.place for o in ORGANISATIONS if o.side == "ps"}
    assert {"jerusalem", "gaza", "khan-younis"} <= places


@pytest.mark.parametrize("field", ["key", "legal_name", "alias", "descriptor"])
def test_no_two_organisations_share_what_tells_them_apart(field):
    values = [getattr(organisation, field) for organisation in ORGANISATIONS]
    assert all(values)
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("field", ["key", "email", "full_name", "alias"])
def test_no_two_people_share_what_tells_them_apart(field):
    values = [getattr(person, field) for person in PEOPLE]
    assert all(values)
    assert len(set(values)) == len(values)


def test_places_sectors_languages_and_traits_are_known():
    spoken = {code for code, _name in LANGUAGE_CHOICES}
    places, sectors = codes("places.tsv"), codes("sectors.tsv")
    for organisation in ORGANISATIONS:
        assert organisation.place in places, organisation.key
        assert set(organisation.sectors) <= sectors, organisation.key
        assert organisation.sectors, organisation.key
        assert set(organisation.languages) <= spoken, organisation.key
        assert organisation.language in organisation.languages, organisation.key
        assert set(organisation.traits) <= TRAITS, organisation.key


def test_public_lines_fit_their_fields():
    assert max(len(o.alias) for o in ORGANISATIONS) <= 80
    assert max(len(o.descriptor) for o in ORGANISATIONS) <= 160
    assert max(len(p.alias) for p in PEOPLE) <= 60


def test_an_alias_holds_no_word_of_the_legal_names_coined_part():
    for organisation in ORGANISATIONS:
        coined = organisation.legal_name.split()[0].casefold()
        public = f"{organisation.alias} {organisation.descriptor}".casefold()
        assert coined not in public, organisation.key


def test_nothing_in_an_address_or_an_alias_gives_the_other_away():
    for person in PEOPLE:
        alias_words = set(re.findall(r"\w{3,}", person.alias.casefold()))
        name_words = set(re.findall(r"\w{3,}", person.full_name.casefold()))
        assert not alias_words & name_words, person.key
        local_part = person.email.partition("@")[0]
        shared = alias_words & set(re.findall(r"\w{3,}", local_part))
        assert not shared or person.is_staff, person.key


def test_every_address_lies_in_a_domain_kept_for_examples():
    for person in PEOPLE:
        assert re.search(r"@(example\.org|(\w+\.)?example)$", person.email), person.key


def test_every_organisation_has_an_owner_who_writes_its_language():
    owners = {p.organisation: p for p in PEOPLE if p.role == "owner"}
    for organisation in ORGANISATIONS:
        assert owners[organisation.key].language == organisation.language
    assert {p.role for p in PEOPLE if not p.is_staff} <= {"owner", "editor", "viewer"}


def test_the_printed_accounts_exist_on_their_sides():
    sides = {organisation.key: organisation.side for organisation in ORGANISATIONS}
    accounts = {person.email: person for person in PEOPLE}
    for email, side in PRINTED.items():
        assert sides.get(accounts[email].organisation) == side
    assert {p.role for p in PEOPLE if p.is_staff} == {"reviewer", "finance"}
    assert {p.reads_for for p in PEOPLE if p.role == "reviewer"} == {"il", "ps"}


def test_what_the_printed_members_open_step_by_step_is_not_empty():
    printed = {person.organisation for person in PEOPLE if person.email in PRINTED}
    firms = [firm for firm in ORGANISATIONS if firm.key in printed]
    assert len(firms) == 3
    for firm in firms:
        assert firm.size in Size.values
        assert firm.works_since
        assert firm.trade_facts
