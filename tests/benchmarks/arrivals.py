"""What an arriving listing costs: texts analysed, outbox to findable, and mandates.

    python tests/benchmarks/arrivals.py [--listings 10000] [--mandates 10000] [--rounds 40]

Texts analysed a second and the longest texts (1 MB); from the commit of a changed listing
to the moment the engine finds it (F-10); one new investment against all mandates, each
with one to three sectors (F-12). Makes a database of its own. See README.md.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from tests.benchmarks.clock import Clock, Spent, say, show, timed  # noqa: E402

MEGABYTE = 1_000_000
TEXTS = 2_000
BATCH = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--mandates", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_taxonomy", verbosity=0)
        measure_analysis()
        measure_arrivals(options.listings, options.rounds)
        measure_mandates(options.mandates, options.rounds)


def measure_analysis() -> None:
    from search.analysis import analyse, grams
    from tests.benchmarks.trade_texts import TradeTexts

    texts = TradeTexts()
    for language in ("en", "he", "ar"):
        some = [texts.text(language, 30, 90) for _ in range(TEXTS)]
        spent = timed(lambda some=some: [(analyse(one), grams(one)) for one in some])
        say(f"texts of 30 to 90 words analysed, {language}", spent, TEXTS)
    for name, unit in {
        "one letter": "a",
        "Arabic words": "والمنتجات ",
        "Hebrew quotes": 'צה"ל ',
        "marks": "é\u0301",
        "numbers": "1,000.5 ",
    }.items():
        long = (unit * MEGABYTE)[:MEGABYTE]
        spent = timed(lambda long=long: analyse(long))
        print(f"1 MB of {name}: {spent.cpu:.2f} CPU s")


def measure_arrivals(listings: int, rounds: int) -> None:
    from marketplace.listings.models import Listing
    from search import indexing
    from tests.benchmarks.retrieval import seed

    seed(listings)
    ids = list(Listing.objects.values_list("pk", flat=True))
    indexing.record_changes(ids, "bench")
    indexing.drain()
    spent = [_found_again(pk, number) for number, pk in enumerate(ids[:rounds])]
    print(f"\nA changed listing among {listings}")
    show("commit → found by the engine (F-10)", spent)


def _found_again(pk: int, number: int) -> Spent:
    from django.db import transaction
    from django.db.models import F

    from marketplace.listings.models import Listing
    from search import indexing
    from search.engines import get_engine
    from search.needs import Side
    from search.queries import Query

    word = f"arrival{number}x"
    with transaction.atomic():
        Listing.objects.filter(pk=pk).update(title=word, version=F("version") + 1)
        indexing.record_changes([pk], "bench")
    clock = Clock()
    indexing.drain()
    if pk not in get_engine().search(Query((word,), side=Side.BOTH)).ids:
        raise SystemExit("a changed listing was not found")
    return clock.lap()


def measure_mandates(count: int, rounds: int) -> None:
    from search.matching.mandate_rows import weigh_due

    seed_mandates(count)
    weigh_due(limit=1_000_000)  # what was there before is no news
    spent: list[Spent] = []
    asked = 0
    for number in range(rounds):
        asked += _new_investment(number)
        clock = Clock()
        weigh_due()
        spent.append(clock.lap())
    print(f"\nOne new investment against {count} mandates, {asked / rounds:.0f} asked")
    show("weighed and written (F-12)", spent)


def _new_investment(number: int) -> int:
    """Publishes one; how many mandates its codes lead to."""
    from marketplace.taxonomy.models import Sector
    from search import indexing
    from search.models import IndexedListing, MandateKey
    from tests.benchmarks.trade_texts import TradeTexts
    from tests.factories import make_listing

    classes = Sector.objects.filter(level="class").order_by("code")
    sector = classes[7 * number % classes.count()]
    made = make_listing(
        kind="investment",
        summary=TradeTexts(number).text("en", 20, 60),
        sectors=[sector],
        stage="seed",
    )
    indexing.record_changes([made.pk], "bench")
    indexing.drain()
    codes = IndexedListing.objects.get(pk=made.pk).offer_codes.split()
    return MandateKey.objects.filter(key__in=codes).count()


def seed_mandates(count: int) -> None:
    from marketplace.mandates.models import InvestorMandate
    from marketplace.taxonomy.models import Sector
    from search.matching.mandates import keys_of
    from search.models import MandateKey
    from tests.factories import make_member, make_organisation
    from tests.mandates import make_seat

    random = Random(2)
    organisation = make_organisation(side="third")
    owner = make_member(organisation)
    make_seat(organisation)
    sectors = list(Sector.objects.filter(level="class"))
    mandates = InvestorMandate.objects.bulk_create(
        [
            InvestorMandate(
                organisation=organisation,
                owner=owner,
                name=f"Mandate {number}",
                written_in="en",
                stages=[random.choice(["seed", "growth"])],
            )
            for number in range(count)
        ],
        batch_size=BATCH,
    )
    chosen = {row.pk: random.sample(sectors, random.randint(1, 3)) for row in mandates}
    through = InvestorMandate.sectors.through
    through.objects.bulk_create(
        [
            through(investormandate_id=pk, sector_id=sector.pk)
            for pk, some in chosen.items()
            for sector in some
        ],
        batch_size=BATCH,
    )
    MandateKey.objects.bulk_create(
        [
            MandateKey(mandate_id=pk, key=key)
            for pk, some in chosen.items()
            for key in sorted(keys_of(sector.code for sector in some))
        ],
        batch_size=BATCH,
    )


if __name__ == "__main__":
    main()
