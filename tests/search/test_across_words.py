"""What the two people of the journeys type finds the other in every other language."""

import pytest
from django.core.management import call_command

from marketplace.listings.models import Listing
from search.indexing import drain, record_change
from search.matching.textsearch import search_text
from tests.factories import make_listing, make_organisation
from tests.journeys.words import PRESS, SHOP, WORDS

pytestmark = pytest.mark.django_db


def test_each_language_finds_the_answer_in_the_two_others():
    call_command("load_taxonomy", verbosity=0)
    pks: dict[tuple[str, str], int] = {}
    for (who, language), words in WORDS.items():
        listing = make_listing(
            make_organisation(side="il" if who == PRESS else "ps"),
            kind="offer" if who == PRESS else "need",
            title=words.title,
            summary=words.summary,
            written_in=language,
            brings=[words.brings],
            needs=[words.needs],
        )
        record_change(listing, "test")
        pks[who, language] = listing.pk
    drain()

    missed = []
    for (who, language), words in WORDS.items():
        found = search_text(words.seeks, None, among=Listing.objects.live()).ids
        other = SHOP if who == PRESS else PRESS
        missed += [
            f"{who} {language} does not find {other} {there}"
            for there in ("en", "he", "ar")
            if pks[other, there] not in found
        ]
    assert missed == []
