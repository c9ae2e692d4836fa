"""Many mandates are held against a listing together as they would be one by one."""

from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.listings.models import Listing
from marketplace.mandates.actions import Conditions, save_mandate
from marketplace.mandates.models import InvestorMandate, Must
from marketplace.taxonomy.models import Place
from search.indexing import drain, record_changes
from search.matching.mandate_past import facts_of, revision_of
from search.matching.mandate_rows import weigh_due
from search.matching.mandates import MandateEvaluator, sides_with_needs
from search.matching.profiles import Bench
from search.models import MandateMatch
from tests.factories import make_listing, make_organisation, make_sector
from tests.mandates import make_mandate, make_seat

pytestmark = pytest.mark.django_db

WORDS = {
    "en": [
        "solar",
        "pumps",
        "water",
        "purification",
        "for",
        "villages",
        "and",
        "cold",
        "storage",
    ],
    "ar": ["تنقية", "مياه", "للقرى", "ومحطات", "صغيرة", "وطاقة", "شمسية"],
    "he": ["טיהור", "מים", "לכפרים", "ומשאבות", "סולאריות"],
}
CODES = {"3600": "class", "36": "division", "E": "section", "6201": "class"}
STAGES = ["idea", "seed", "growth"]
TRAITS = ["women_led", "youth_led"]
FORMS = ["loan", "equity", "grant"]


def make_place(slug: str) -> Place:
    return Place.objects.get_or_create(slug=slug)[0]


def seek_money(random: Random, side: str = "ps", **fields: object) -> Listing:
    language = random.choice(list(WORDS))
    low = random.randint(10, 300) * 1000_00
    fields.setdefault("sectors", [make_sector(random.choice(["3600", "6201"]))])
    listing = make_listing(
        make_organisation(side=side, traits=random.sample(TRAITS, 1)),
        kind="investment",
        title=" ".join(random.sample(WORDS[language], 3)),
        summary=" ".join(random.sample(WORDS[language], 4)),
        written_in=language,
        languages=[language, "en"],
        stage=random.choice(STAGES),
        instruments=random.sample(FORMS, 2),
        place=make_place(random.choice(["haifa", "nablus"])),
        amount_min=low,
        amount_max=2 * low,
        amount_currency="USD",
        **fields,
    )
    record_changes([listing.pk], "test")
    drain()
    return listing


def any_mandate(random: Random) -> InvestorMandate:
    """One that leaves out, states and insists at random."""
    organisation = make_organisation(side=random.choice(["third", "il", "ps"]))
    language = random.choice(list(WORDS))
    low = random.choice([None, random.randint(10, 300) * 1000_00])
    mandate = make_mandate(
        organisation,
        written_in=language,
        words=" ".join(random.sample(WORDS[language], random.randint(0, 4))),
        stages=random.sample(STAGES, random.randint(0, 2)),
        instruments=random.sample(FORMS, random.randint(0, 2)),
        languages=random.sample(["en", "he", "ar"], random.randint(0, 2)),
        traits=random.sample(TRAITS, random.randint(0, 1)),
        musts=random.choice([[], [], random.sample(Must.values, 1)]),
        amount_min=low,
        amount_max=low and 3 * low,
        amount_currency="USD" if low else "",
    )
    codes = random.sample(list(CODES), random.randint(1, 2))
    sectors = [make_sector(code, level=CODES[code]) for code in codes]
    places = [make_place("haifa")] if random.random() < 0.3 else []
    return save_mandate(mandate, Conditions(sectors, places), by=mandate.owner)


def said_of(row: MandateMatch) -> tuple[object, ...]:
    return row.score, row.p, row.q, row.reasons, row.revision, row.facts


def test_all_at_once_say_what_each_says_alone():
    random = Random(11)
    mandates = [any_mandate(random) for _number in range(60)]
    listings = [seek_money(random, side) for side in ("ps", "il", "ps", "il")]

    weigh_due()

    alone = {}
    read = sides_with_needs([listing.pk for listing in listings], Bench())
    for mandate in mandates:
        evaluator = MandateEvaluator.of(InvestorMandate.objects.get(pk=mandate.pk))
        for listing in listings:
            side, need = read[listing.pk]
            asked = evaluator.sector_keys & side.profile.offer_codes
            pair = evaluator.decide(listing, side, need).pair if asked else None
            if pair:
                facts = facts_of(side.row)
                alone[mandate.pk, listing.pk] = (
                    *(pair.score, pair.there.chance, pair.back.chance),
                    *(evaluator.reasons(pair, side), revision_of(facts), facts),
                )
    rows = MandateMatch.objects.live()
    assert {(row.mandate_id, row.listing_id): said_of(row) for row in rows} == alone
    assert 20 < len(alone) < len(mandates) * len(listings)


def test_one_mandate_and_twenty_cost_the_same_queries():
    random = Random(3)
    sector = make_sector("3600")
    counts = []
    for many in (1, 19):
        for _number in range(many):
            fund = make_organisation(side="third")
            make_seat(fund)
            make_mandate(fund, sectors=[sector], words="water purification in villages")
        seek_money(random, sectors=[sector])
        with CaptureQueriesContext(connection) as made:
            weigh_due()
        counts.append(len(made))

    assert MandateMatch.objects.live().count() == 2 * 20
    assert counts[0] == counts[1]


def test_of_all_reads_mandates_and_choices_by_four_queries(django_assert_num_queries):
    random = Random(5)
    keys = [any_mandate(random).pk for _number in range(12)]

    with django_assert_num_queries(4):
        found = list(MandateEvaluator.of_all(keys, {"USD": Decimal(1)}))

    assert {one.mandate.pk for one in found} == set(keys)
