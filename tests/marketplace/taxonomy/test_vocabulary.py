"""The files of the vocabulary themselves; no database is asked."""

import re
import unicodedata
from collections import defaultdict

import pytest

from marketplace.money import UNITS
from marketplace.taxonomy import isic, vocabulary
from marketplace.taxonomy.constants import STEPS

LATIN, HEBREW, ARABIC = (
    re.compile(letters)
    for letters in ("[A-Za-z]", "[\u05d0-\u05ea]", "[\u0621-\u064a]")
)
SCRIPTS = {"en": LATIN, "he": HEBREW, "ar": ARABIC}
# Marks that show no ink and turn the order of what follows.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
NAMED = {
    "sectors": vocabulary.sectors,
    "capabilities": vocabulary.capabilities,
    "countries": vocabulary.countries,
    "places": vocabulary.places,
}


def folded(word: str) -> str:
    """A word as a search box reads it: no marks, no finals, no quotes."""
    bare = unicodedata.normalize("NFKD", word.lower())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    bare = re.sub("[\"'׳״]", "", bare).replace("-", " ")
    return bare.translate(str.maketrans("ךםןףץىة", "כמנפציه"))


@pytest.mark.parametrize("kind", NAMED)
def test_every_name_is_written_in_the_letters_of_its_own_language(kind):
    for code, values in NAMED[kind]().items():
        for language, script in SCRIPTS.items():
            name = values[f"name_{language}"]
            assert script.search(name), (code, language, name)
            others = [other for other in SCRIPTS.values() if other is not script]
            assert not any(other.search(name) for other in others), (code, name)
            assert name == name.strip(), (code, name)
            assert not INVISIBLE.search(name), (code, name)


def test_all_21_sections_and_88_divisions_are_there():
    levels = defaultdict(set)
    for code, values in vocabulary.sectors().items():
        levels[values["level"]].add(code)
    assert levels["section"] == set("ABCDEFGHIJKLMNOPQRSTU")
    assert levels["division"] == {
        f"{number:02d}"
        for number in range(1, 100)
        if number not in {4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}
    }
    assert len(levels["division"]) == 88
    assert len(levels["group"]) + len(levels["class"]) >= 150


def test_every_sector_stands_under_the_code_its_digits_say():
    sectors = vocabulary.sectors()
    for code, values in sectors.items():
        assert values["level"] == isic.level_of(code)
        above = isic.ancestors_of(code)
        assert values["parent_id"] == (above[0] if above else None)
        assert set(above) <= set(sectors)


def test_two_sectors_of_one_level_never_share_a_name():
    seen = set()
    for code, values in vocabulary.sectors().items():
        for language in SCRIPTS:
            name = (values["level"], language, values[f"name_{language}"])
            assert name not in seen, code
            seen.add(name)


def test_the_kinds_of_help_cover_every_step_of_the_value_chain():
    capabilities = vocabulary.capabilities()
    assert {values["step"] for values in capabilities.values()} == set(STEPS)
    assert len(capabilities) >= 150
    assert {"cold-chain", "clinical-trial-site", "seed-capital"} <= set(capabilities)


def test_palestine_and_israel_stand_in_the_list_alike():
    countries = vocabulary.countries()
    assert countries["PS"] == {
        "dial_code": "+970",
        "name_en": "Palestine",
        "name_he": "פלסטין",
        "name_ar": "فلسطين",
    }
    assert countries["IL"] == {
        "dial_code": "+972",
        "name_en": "Israel",
        "name_he": "ישראל",
        "name_ar": "إسرائيل",
    }


def test_the_list_of_countries_is_that_of_iso_3166():
    countries = vocabulary.countries()
    assert len(countries) == 249
    assert not {"EU", "XK", "ZZ", "UK"} & set(countries)
    for code, values in countries.items():
        assert re.fullmatch(r"\+[1-9]\d{0,3}|", values["dial_code"]), code


def test_places_stand_where_their_country_is():
    countries = set(vocabulary.countries())
    places = vocabulary.places()
    for slug, values in places.items():
        assert values["country_id"] is None or values["country_id"] in countries
        if values["country_id"] in ("IL", "PS", None):
            assert 29.4 < values["latitude"] < 33.4, slug
            assert 34.2 < values["longitude"] < 35.7, slug
    assert len(places) >= 45


def test_jerusalem_has_both_names_and_no_country():
    jerusalem = vocabulary.places()["jerusalem"]
    assert jerusalem["country_id"] is None
    assert jerusalem["name_en"] == "Jerusalem / Al-Quds"
    assert "ירושלים" in jerusalem["name_he"]
    assert "القدس" in jerusalem["name_ar"]


def test_every_currency_has_a_rate_to_begin_with():
    rates = {currency: rate for currency, rate, _on in vocabulary.exchange_rates()}
    assert set(rates) == set(UNITS)
    assert rates["USD"] == 1
    assert all(rate > 0 for rate in rates.values())


def test_the_lexicon_knows_only_codes_that_exist():
    sectors, capabilities = vocabulary.sectors(), vocabulary.capabilities()
    for concept, values in vocabulary.lexicon().items():
        assert set(values["sectors"]) <= set(sectors), concept
        assert set(values["capabilities"]) <= set(capabilities), concept


def test_the_lexicon_has_words_of_all_three_languages_for_each_concept():
    lexicon = vocabulary.lexicon()
    assert len(lexicon) >= 500
    for concept, values in lexicon.items():
        for language, script in SCRIPTS.items():
            words = values[f"words_{language}"]
            assert words, concept
            assert all(script.search(word) for word in words), (concept, words)
            others = [other for other in SCRIPTS.values() if other is not script]
            wrong = [w for w in words if any(other.search(w) for other in others)]
            assert not wrong, (concept, wrong)
            assert len(set(words)) == len(words), (concept, words)


def concepts_by_word(language: str) -> dict[str, set[str]]:
    meanings = defaultdict(set)
    for concept, values in vocabulary.lexicon().items():
        for word in values[f"words_{language}"]:
            meanings[folded(word)].add(concept)
    return meanings


@pytest.mark.parametrize(
    ("language", "share", "most"), [("en", 0.03, 4), ("he", 0.15, 6), ("ar", 0.155, 6)]
)
def test_few_words_stand_for_more_than_one_concept(language, share, most):
    """A word of trade means one thing, a word of every day several.

    `bear` is an animal and to endure, `קול` a voice and a sound: each stands for
    both, since any meaning meets it, but for no crowd of things. Hebrew and Arabic
    are written without their vowels, so that more of their words look alike.
    """
    meanings = concepts_by_word(language)
    shared = [word for word, found in meanings.items() if len(found) > 1]
    assert len(shared) <= share * len(meanings)
    assert max(map(len, meanings.values())) <= most


CHARGED = {
    "en": "apartheid|colonial|genocid|holocaust|hostage|infidel|intifada|jihad|"
    "martyr|nakba|occupied|racis|settler|terroris|zionis",
    "he": "אפרטהייד|אינתיפאדה|ג'יהאד|גזענ|כיבוש|מחבל|מתנחל|נכבה|פיגוע|שאהיד|"
    "שואה|טרור|ציוני(?!ם)|ציונות",
    "ar": "إبادة|احتلال|إرهاب|استعمار|استيطان|انتفاضة|جهاد|شهيد|صهيون|عنصري|"
    "محرقة|مستوطن|نكبة",
}


@pytest.mark.parametrize("language", SCRIPTS)
def test_no_charged_word_of_either_people_is_in_the_lexicon(language):
    """Such words are no trade, and a false friend among them would wound."""
    stems = re.compile(rf"(?<!\w)(?:ה|ال)?(?:{CHARGED[language]})")
    words = (
        word
        for row in vocabulary.lexicon().values()
        for word in row[f"words_{language}"]
    )
    assert not [word for word in words if stems.search(word)]


def test_a_community_is_no_settlement_in_dispute():
    joined = [
        concept
        for concept, row in vocabulary.lexicon().items()
        if {"יישוב", "ישוב", "יישובים"} & set(row["words_he"])
        and any(word.startswith("مستوطن") for word in row["words_ar"])
    ]
    assert not joined


def test_the_lexicon_is_wide_enough_for_sentences_about_business():
    lexicon = vocabulary.lexicon()
    coded = [row for row in lexicon.values() if row["sectors"] or row["capabilities"]]
    assert len(lexicon) >= 4_000
    assert len(coded) >= 1_500


def test_a_key_met_twice_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(vocabulary, "DATA", tmp_path)
    (tmp_path / "capabilities.tsv").write_text("slug\tstep\nsewing\tx\nsewing\ty\n")
    with pytest.raises(ValueError, match="sewing is there twice"):
        vocabulary.capabilities()
