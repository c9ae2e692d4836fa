"""The written listings: enough, complete, in their own languages, and discreet."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from cms.demo.records import (
    LANGUAGES,
    ListingRecord,
    read_listings,
    read_organisations,
    read_people,
    read_stories,
)
from marketplace.money import UNITS
from marketplace.taxonomy.constants import LANGUAGE_CHOICES, STAGE_CHOICES

DATA = Path(__file__).parents[2] / "marketplace" / "taxonomy" / "data"


def codes(name: str) -> set[str]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return {row[0] for row in csv.reader(lines, delimiter="\t")}


CAPABILITIES = codes("capabilities.tsv")
PLACES = codes("places.tsv")
SECTORS = codes("sectors.tsv")
LISTINGS = read_listings()
ORGANISATIONS = {o.key: o for o in read_organisations()}
PEOPLE = {p.key: p for p in read_people()}
KINDS = {"offer": 55, "need": 40, "investment": 15, "funding": 10}
SCRIPTS = {"en": "LATIN", "he": "HEBREW", "ar": "ARABIC"}
CONTACTS = {
    "an address": r"\S+@\S+",
    "a link": r"https?:|www\.|\w\.(com|org|net|ps|il|co)\b",
    "a telephone number": r"(\+|00)\d[\d\s().-]{7,}|\b0\d{1,2}[\s.-]?\d{3}[\s.-]?\d{4}",
    "a messenger": r"(?i)whatsapp|telegram|וואטסאפ|واتساب|تلغرام",
}
SLOGANS = r"(?i)\b(peace\w*|collaborat\w*|coexist\w*|ה?שלום|דו־קיום|ال?سلام|ال?تعايش|ال?تطبيع)\b"


def sentences(text: str) -> set[str]:
    """Each sentence as its words alone, so that marks and case make no difference."""
    spoken = (re.findall(r"\w+", part) for part in re.split(r"[.!?؟\n]", text))
    return {" ".join(words).casefold() for words in spoken if len(words) > 2}


def script_share(text: str, script: str) -> float:
    letters = [unicodedata.name(c, "") for c in text if c.isalpha()]
    return sum(name.startswith(script) for name in letters) / len(letters)


def side_of(listing: ListingRecord) -> str:
    return ORGANISATIONS[listing.organisation].side


def test_there_are_enough_listings_a_third_in_each_language():
    counts = Counter(listing.language for listing in LISTINGS)
    assert len(LISTINGS) >= 115
    for language in LANGUAGES:
        assert abs(counts[language] - len(LISTINGS) / 3) <= 2


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_stand_near_their_shares(kind):
    assert abs(sum(i.kind == kind for i in LISTINGS) - KINDS[kind]) <= 3


def test_both_sides_list_about_as_much():
    sides = Counter(side_of(listing) for listing in LISTINGS)
    assert abs(sides["il"] - sides["ps"]) <= 4
    assert sides["third"] >= 12


def test_every_organisation_lists_something_and_ids_are_unique():
    assert {i.organisation for i in LISTINGS} == set(ORGANISATIONS)
    assert len({listing.id for listing in LISTINGS}) == len(LISTINGS)


@pytest.mark.parametrize("language", LANGUAGES)
class TestTheListingsOfALanguage:
    def test_they_are_complete_and_fit_the_form(self, language):
        for listing in read_listings(language):
            assert listing.language == language
            assert 10 <= len(listing.title) <= 120, listing.id
            assert 60 <= len(listing.summary) <= 300, listing.id
            assert 2 <= len(sentences(listing.details)) <= 6, listing.id
            assert listing.brings, listing.id
            assert listing.needs, listing.id
            for item in (*listing.brings, *listing.needs):
                assert 0 < len(item.text) <= 300, listing.id
                assert len(item.quantity) <= 80, listing.id
                assert len(item.evidence) <= 200, listing.id

    def test_they_are_written_by_members_of_their_organisations(self, language):
        for listing in read_listings(language):
            assert PEOPLE[listing.by].organisation == listing.organisation
            assert language in ORGANISATIONS[listing.organisation].languages
            assert language in listing.languages

    def test_their_codes_exist(self, language):
        for listing in read_listings(language):
            items = (*listing.brings, *listing.needs)
            assert {i.capability for i in items} <= CAPABILITIES, listing.id
            assert listing.place in PLACES, listing.id
            assert listing.sectors, listing.id
            assert set(listing.sectors) <= SECTORS, listing.id
            assert set(listing.languages) <= dict(LANGUAGE_CHOICES).keys()
            assert listing.stage in {"", *dict(STAGE_CHOICES)}, listing.id

    def test_their_fixed_words_are_those_of_the_form(self, language):
        for listing in read_listings(language):
            feasibility = listing.feasibility
            assert listing.kind in KINDS, listing.id
            assert listing.reach in {"local", "region", "cross_border", "remote"}
            assert feasibility.permits in {"none", "needed", "unknown"}, listing.id
            assert feasibility.perishable in {"no", "days", "weeks"}, listing.id
            assert feasibility.start_on, listing.id

    def test_capital_names_its_amount_in_a_currency_of_ours(self, language):
        for listing in read_listings(language):
            amount = listing.amount
            assert amount or listing.kind not in {"investment", "funding"}, listing.id
            if amount:
                assert amount.currency in UNITS, listing.id
                assert 0 < amount.min < amount.max, listing.id

    def test_they_are_written_in_their_own_script(self, language):
        script = SCRIPTS[language]
        for listing in read_listings(language):
            assert script_share(listing.public_text, script) > 0.9, listing.id
            assert script_share(listing.title, script) > 0.7, listing.id

    @pytest.mark.parametrize("pattern", CONTACTS.values(), ids=CONTACTS)
    def test_they_hold_no_way_round_the_introduction(self, language, pattern):
        for listing in read_listings(language):
            assert not re.search(pattern, listing.public_text), listing.id

    def test_they_name_no_firm_and_no_person(self, language):
        names = {o.legal_name for o in ORGANISATIONS.values()}
        names |= {o.legal_name.split()[0] for o in ORGANISATIONS.values()}
        names |= {p.full_name for p in PEOPLE.values()}
        names |= {p.full_name.split()[-1] for p in PEOPLE.values()}
        for listing in read_listings(language):
            text = listing.public_text.casefold()
            assert not {n for n in names if n.casefold() in text}, listing.id

    def test_they_trade_and_make_no_speeches(self, language):
        for listing in read_listings(language):
            assert not re.search(SLOGANS, listing.public_text), listing.id


def test_no_two_listings_share_a_sentence():
    found = defaultdict(set)
    for listing in LISTINGS:
        quantities = {i.quantity for i in (*listing.brings, *listing.needs)}
        for line in listing.public_text.split("\n"):
            if line not in quantities:  # a number and its unit, not a sentence
                for sentence in sentences(line):
                    found[sentence].add(listing.id)
    assert not {s: ids for s, ids in found.items() if len(ids) > 1}


def test_the_comparison_of_sentences_sees_through_marks_and_case():
    assert sentences("We press oil. Cold!") == sentences("WE press, oil; \nno more")


def test_most_needs_meet_an_offer_from_the_other_side():
    met = [
        listing
        for listing in LISTINGS
        if any(
            side_of(other) != side_of(listing)
            and {n.capability for n in listing.needs}
            & {b.capability for b in other.brings}
            for other in LISTINGS
        )
    ]
    assert len(met) >= 0.95 * len(LISTINGS)


def test_many_pairs_complete_each_other_across_languages():
    pairs = {
        frozenset((need.id, offer.id))
        for need in LISTINGS
        for offer in LISTINGS
        if side_of(need) != side_of(offer)
        and need.language != offer.language
        and {n.capability for n in need.needs} & {b.capability for b in offer.brings}
        and {n.capability for n in offer.needs} & {b.capability for b in need.brings}
    }
    assert len(pairs) >= 60


def test_the_two_printed_entrepreneurs_complete_each_other_both_ways():
    haifa = [i for i in LISTINGS if i.by == "entrepreneur-haifa"]
    nablus = [i for i in LISTINGS if i.by == "entrepreneur-nablus"]
    assert min(len(haifa), len(nablus)) >= 3
    for left, right in ((haifa, nablus), (nablus, haifa)):
        wanted = {n.capability for i in left for n in i.needs}
        brought = {b.capability for i in right for b in i.brings}
        assert len(wanted & brought) >= 3
    assert any(i.by == "investor" and i.kind == "funding" for i in LISTINGS)


def test_each_story_is_told_in_three_languages_with_the_same_parts():
    stories = defaultdict(dict)
    for story in read_stories():
        shape = [len(section.paragraphs) for section in story.sections]
        stories[story.key][story.language] = shape
    assert len(stories) == 4
    for key, shapes in stories.items():
        assert list(shapes) == list(LANGUAGES), key
        assert shapes["en"] == shapes["he"] == shapes["ar"], key


def test_stories_keep_to_their_script_and_name_nobody():
    names = {p.full_name.split()[-1] for p in PEOPLE.values()}
    names |= {o.legal_name.split()[0] for o in ORGANISATIONS.values()}
    names |= {o.alias for o in ORGANISATIONS.values()}
    for story in read_stories():
        text = story.public_text
        assert script_share(text, SCRIPTS[story.language]) > 0.95, story.key
        assert not {name for name in names if name.casefold() in text.casefold()}
        assert not re.search(SLOGANS, text), story.key
        for pattern in CONTACTS.values():
            assert not re.search(pattern, text), story.key
