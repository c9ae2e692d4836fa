"""What a line of a file of listings may say, and how it is refused."""

import json

import pytest

from marketplace.listings.import_cells import BadLine
from marketplace.listings.import_lines import read_line
from marketplace.listings.models import Listing
from tests.marketplace.listings.bringing_in import LINE, bring_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"{", "broken JSON"),
        (b"[]", "not a JSON object"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"id": NaN}', "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
        (b'{"kind":"offer","title":"x"}', "id is missing"),
    ],
)
def test_what_is_no_record_is_refused(raw, reason):
    with pytest.raises(BadLine, match=reason):
        read_line(raw)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "a b"}, "id is not valid"),
        ({"id": "x" * 65}, "id is not valid"),
        ({"kind": "gift"}, "unknown kind"),
        ({"kind": ["offer"]}, "unknown kind"),
        ({"title": "  "}, "title is missing"),
        ({"title": "y " * 150}, "title is longer than"),
        ({"summary": "z" * 1500}, "word of more than"),
        ({"summary": "\ud800"}, "summary is not UTF-8"),
        ({"summary": 7}, "summary is not text"),
        ({"language": "english"}, "language is not valid"),
        ({"side": "Palestine"}, "side is not valid"),
        ({"sectors": "1040"}, "sectors is not a list"),
        ({"brings": [3]}, "brings holds something"),
        ({"needs": [{}]}, "needs holds an item without"),
        ({"amount": {"min": 5, "max": 4, "currency": "USD"}}, "min is larger"),
        ({"amount": {"min": -1, "currency": "USD"}}, "below zero"),
        ({"amount": {"min": 1.005, "currency": "USD"}}, "too many decimals"),
        ({"amount": {"min": 1, "currency": "XXX"}}, "unknown currency"),
        ({"amount": {"min": "1", "currency": "USD"}}, "not a number"),
        ({"amount": {"currency": "USD"}}, "neither min nor max"),
        ({"published_at": "yesterday"}, "no ISO 8601 time"),
        ({"published_at": "2999-01-01T00:00:00Z"}, "in the future"),
        ({"languages": ["arabic"]}, "no language code"),
        ({"instruments": ["gift"]}, "no form of funding"),
    ],
)
def test_a_line_that_says_something_impossible_is_refused(change, reason):
    with pytest.raises(BadLine, match=reason):
        read_line(json.dumps(LINE | change).encode())


def test_a_line_says_what_has_to_hold_to_work_together():
    bring_in(
        {
            "feasibility": {
                "meets_online": False,
                "neutral_place": True,
                "permits": "needed",
                "goods_cross": True,
                "perishable": "days",
                "start_on": "2027-01-15",
            }
        }
    )
    listing = Listing.objects.get()
    assert (listing.meets_online, listing.neutral_place) == (False, True)
    assert (listing.permits, listing.goods_cross) == ("needed", True)
    assert (listing.perishable, str(listing.start_on)) == ("days", "2027-01-15")


def test_a_line_without_it_stands_as_an_untouched_form_does():
    bring_in({})
    listing = Listing.objects.get()
    assert (listing.meets_online, listing.permits) == (True, "unknown")
    assert (listing.goods_cross, listing.start_on) == (False, None)


@pytest.mark.parametrize(
    ("feasibility", "reason"),
    [
        ([], "feasibility is not an object"),
        ({"permits": "perhaps"}, "unknown permits"),
        ({"goods_cross": "yes"}, "goods_cross is neither true nor false"),
        ({"start_on": "soon"}, "start_on is no ISO 8601 day"),
    ],
)
def test_bad_words_about_it_are_told(feasibility, reason):
    report = bring_in({"feasibility": feasibility})
    assert reason in report.bad[0][1]
