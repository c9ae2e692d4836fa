"""Lines of a file of listings, each the example with some keys changed."""

import json

from marketplace.listings.actions import import_listings
from marketplace.people.clock import clock_user

LINE = {
    "id": "gj-0001",
    "kind": "offer",
    "title": "Olive oil in bulk",
    "summary": "Family press, 40 tonnes a season.",
    "language": "en",
    "side": "ps",
    "place": "nablus",
    "sectors": ["1040"],
    "brings": [
        "bulk-supply",
        {"capability": "food-certificates", "text": "since 2019"},
    ],
    "needs": [{"text": "a bottler with shops in Tel Aviv"}],
    "amount": {"min": 50000, "max": 120000, "currency": "USD"},
    "stage": "growth",
    "languages": ["ar", "en"],
    "published_at": "2026-03-02T09:00:00Z",
}


def lines(*changes):
    """Numbered lines, each the example with some keys changed."""
    return [
        (number, json.dumps(LINE | change).encode())
        for number, change in enumerate(changes, 1)
    ]


def bring_in(*changes, by=None, publish=True, **options):
    return import_listings(
        lines(*changes), by=by or clock_user(), publish=publish, **options
    )
