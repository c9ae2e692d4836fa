"""Which concept a word is, where its stem could be several."""

import pytest

from search.analysis import analyse
from search.lexicon import Concept, Lexicon

WORDS = {
    "restaurant": ["restaurant", "מסעדה", "מסעדות", "مطعم"],
    "catering": ["catering", "הסעדה"],
    "olive_oil": ["olive oil", "שמן זית", "زيت الزيتون"],
    "olive": ["olive", "זית", "زيتون"],
    "used": ["second-hand", "מחודש"],
    "tahini": ["tahini", "טחינה", "طحينة"],
    "local": ["local", "محلي", "محلية"],
    "shop": ["shop", "محل", "محلات"],
    "tomato": ["tomato", "עגבנייה", "بندورة"],
    "grant": ["grant", "מענק", "מענקים"],
    "customer": ["customer", "زبون", "زبائن"],
    "luxury": ["luxury", "فاخر"],
    "company": ["company", "חברה", "חברות", "شركة", "شركات"],
    "guarantee": ["guarantee", "ערבות"],
    "flour": ["flour", "קמח", "طحين"],
    "organise": ["organise", "ينظم"],
}


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon((Concept(name), words) for name, words in WORDS.items())


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("מסעדות", ["restaurant"]),
        ("הסעדה", ["catering"]),
        ("في المطعم", ["restaurant"]),
        ("طحينة خام", ["tahini"]),
        ("טחינה", ["tahini"]),
        ("وطحينة", ["tahini"]),
        ("السوق المحلية", ["local"]),
        ("للمحلات", ["shop"]),
        ("ענק", []),
        ("המענקים", ["grant"]),
        ("בערב", []),
        ("الآخرين", []),
        ("الفاخرة", ["luxury"]),
        ("للزبون", ["customer"]),
        ("الزبون والزبائن", ["customer"]),
        ("صابون زيت زيتون", ["olive_oil", "olive"]),
        ("companies", ["company"]),
        ("ולחברות", ["company"]),
        ("وللشركات", ["company"]),
        ("البندورة", ["tomato"]),
        ("وبالبندورة", ["tomato"]),
        ("بندورة", ["tomato"]),
        ("cold-pressed olive oils", ["olive_oil", "olive"]),
        ("ולשמן הזית", ["olive_oil", "olive"]),
        ("olives", ["olive"]),
        ("سأنظم", ["organise"]),
        ("وسننظم", ["organise"]),
        ("فستنظم", ["organise"]),
        ("سكر", []),
    ],
)
def test_a_word_is_the_concept_whose_own_word_it_is(lexicon, text, concepts):
    assert [concept.term for concept in lexicon.find(analyse(text))] == concepts


def test_a_word_that_is_nobodys_own_may_be_the_stem_of_several():
    lexicon = Lexicon([(Concept("cloth"), ["אריגים"]), (Concept("craft"), ["אריגה"])])
    assert {c.term for c in lexicon.find(analyse("אריגות"))} == {"cloth", "craft"}
    assert {c.term for c in lexicon.find(analyse("אריגה"))} == {"craft"}


def test_two_concepts_that_share_a_word_are_both_found():
    lexicon = Lexicon([(Concept("a"), ["stone"]), (Concept("b"), ["stone"])])
    assert {c.term for c in lexicon.find(analyse("stone"))} == {"a", "b"}


def test_the_longer_phrase_comes_first_even_if_its_form_is_looser():
    lexicon = Lexicon([(Concept("oil"), ["oils"]), (Concept("both"), ["oil press"])])
    found = lexicon.find(analyse("oils presses"))
    assert [concept.term for concept in found] == ["both", "oil"]


def test_a_phrase_means_its_own_words_too_but_no_longer_parts_of_it():
    entries = {"truck": "truck", "cold": "cold", "both": "cold truck", "fleet": "fleet"}
    lexicon = Lexicon((Concept(name), [word]) for name, word in entries.items())
    words = analyse("cold truck fleet")
    assert [[c.term for c in one] for one in lexicon.meanings(words)] == [
        ["both"],
        ["cold"],
        ["truck"],
        ["fleet"],
    ]
