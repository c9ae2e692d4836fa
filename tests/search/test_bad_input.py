"""Whatever is asked, there is an answer or a refusal, and the work for it is bounded."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search.indexing import drain, record_changes
from search.lexicon import current_lexicon
from tests.built import once_a_module
from tests.factories import make_listing

pytestmark = pytest.mark.django_db

QUERIES = 12
LETTERS_OF_SQL = 12_000
URL = reverse("search:listings")
MEGABYTE = 1_000_000
QUESTIONS = {
    "empty": "",
    "one letter": "a",
    "a megabyte": "olive press " * (MEGABYTE // 12),
    "a megabyte of one word": "ש" * MEGABYTE,
    "a megabyte of marks": "a" + "\u0301\u0300" * (MEGABYTE // 2),
    "common words only": "the and of to in",
    "three scripts in one word": "olזיתزيت",
    "emoji": "🫒🫒 👩‍🌾",
    "marks of direction": "\u202eevil\u202c \u2066x\u2069",
    "a zero byte": "a\x00b",
    "a lone surrogate": "%ED%A0%80",
    "quotes": '"""\'\'״׳"',
    "a quote that stays open": '"olive',
    "query syntax": 'a* OR NEAR(b c) NOT {terms}: "x" ^2 AND -d +e (f',
    "braces": "{} {{ }} }{",
    "SQL": "'; DROP TABLE search_fts; --",
    "wildcards": "% _ * ?",
    "operators alone": "AND OR NOT NEAR",
}
ADDRESSES = {
    "page 10⁹": {"page": "1000000000"},
    "a page of 5,000 digits": {"page": "9" * 5_000},
    "a negative page": {"page": "-1"},
    "a page in words": {"page": "one"},
    "10,000 filters": [("sector", f"{number:04}") for number in range(10_000)],
    "900 filters": [("place", f"place-{number}") for number in range(900)],
    "unknown values": {"kind": "x", "sort": "y", "lang": "zz", "matching_for": "z"},
    "a filter of a megabyte": {"sector": "1" * MEGABYTE},
}


def thirty_listings() -> None:
    made = [make_listing(title="Olive press, ישן, معصرة") for _ in range(30)]
    record_changes([listing.pk for listing in made], "published")
    drain()


built_listings = once_a_module(thirty_listings)


@pytest.fixture
def listings(built_listings, db) -> None:
    """Thirty listings, in the index; no test here changes any. What is read once is."""
    current_lexicon()


def asked(client: Client, query: str) -> int:
    """The status, when the work stayed bounded: so many queries, so many letters of SQL.

    Time would tell of the machine; what an asker could stretch is what the database is sent.
    """
    with CaptureQueriesContext(connection) as sent:
        response = client.get(f"{URL}?{query}")
    letters = sum(len(each["sql"]) for each in sent)
    assert (len(sent) <= QUERIES, letters <= LETTERS_OF_SQL) == (True, True), (
        len(sent),
        letters,
    )
    return response.status_code


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_or_refused(listings, client: Client, question):
    wanted = 400 if question.startswith("a megabyte") else 200
    assert asked(client, urlencode({"q": QUESTIONS[question]})) == wanted


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_is_answered_or_refused(listings, client: Client, address):
    assert asked(client, urlencode(ADDRESSES[address])) in {200, 400}


def test_a_question_beside_filters_that_nothing_meets_is_answered(listings, client):
    assert asked(client, "q=olive&kind=need&sector=9999&place=nowhere&page=7") == 200
