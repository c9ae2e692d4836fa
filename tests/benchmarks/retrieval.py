"""How fast listings are found, beside Wagtail's database search and plain Django.

    python tests/benchmarks/retrieval.py [--listings 10000] [--queries 200]

Makes a database of its own in a temporary folder and removes it. See README.md.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[2]
BATCH = 1_000


STEPS = (
    "frequencies and query",
    "candidates",
    "candidates + SQL re-check (F-01)",
    "vectors read and scored on top",
)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the wall and on the processor; on a shared machine they differ."""

    wall: float
    cpu: float


class Clock:
    """Seconds since it was made or last asked."""

    def __init__(self) -> None:
        self.wall, self.cpu = perf_counter(), process_time()

    def lap(self) -> Spent:
        wall, cpu = perf_counter(), process_time()
        spent = Spent(wall - self.wall, cpu - self.cpu)
        self.wall, self.cpu = wall, cpu
        return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
        sys.path[:0] = [str(ROOT)]

        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_taxonomy", verbosity=0)
        run(options.listings, options.queries)


def run(listings: int, queries: int) -> None:
    from marketplace.listings.models import Listing
    from search import indexing, rebuilding
    from search.engines import get_engine

    spent = timed(lambda: seed(listings))
    say(f"{listings} listings made", spent, listings)
    ids = list(Listing.objects.values_list("pk", flat=True))
    spent = timed(lambda: indexing.record_changes(ids, "bench"))
    say("into the outbox", spent, listings)
    spent = timed(indexing.drain)
    say("analysed and indexed from the outbox", spent, listings)
    spent = timed(rebuilding.recount)
    say("counted again", spent, listings)
    rows = indexing.IndexedListing.objects.order_by("pk")
    spent = timed(
        lambda: get_engine().rebuild(
            indexing.document_in(row) for row in rows.iterator(chunk_size=BATCH)
        )
    )
    say("engine rebuilt from stored terms (F-09)", spent, listings)
    picked = Random(1).sample(ids, queries)
    measure_match(picked)
    measure_text_search(picked)
    measure_icontains(picked)
    measure_wagtail(picked)


def seed(count: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from marketplace.listings.models import Brings, Listing, Needs
    from marketplace.taxonomy.models import Sector
    from tests.benchmarks.trade_texts import TradeTexts
    from tests.factories import make_member, make_organisation

    texts, random = TradeTexts(), Random(0)
    owners = []
    for side in ("il", "ps", "third"):
        organisation = make_organisation(side=side)
        owners.append((organisation, make_member(organisation)))
    sectors = list(Sector.objects.filter(level="class"))
    with transaction.atomic():
        listings = []
        for _ in range(count):
            organisation, owner = random.choice(owners)
            language = random.choice(["en", "he", "ar"])
            listings.append(
                Listing(
                    organisation=organisation,
                    owner=owner,
                    kind=random.choice(Listing.Kind.values),
                    title=texts.text(language, 4, 8),
                    summary=texts.text(language, 20, 60),
                    written_in=language,
                    live=True,
                    version=1,
                    published_on=timezone.now().date(),
                )
            )
        Listing.objects.bulk_create(listings, batch_size=BATCH)
        for model, least, most in ((Brings, 6, 22), (Needs, 8, 14)):
            model.objects.bulk_create(
                [
                    model(listing=row, text=texts.text(row.written_in, least, most))
                    for row in listings
                ],
                batch_size=BATCH,
            )
        through = Listing.sectors.field.remote_field.through
        through.objects.bulk_create(
            [
                through(listing_id=row.pk, sector_id=random.choice(sectors).pk)
                for row in listings
                if sectors
            ],
            batch_size=BATCH,
        )


def measure_match(ids: Sequence[int]) -> None:
    """A listing's need asked of all offers of the other sides."""
    from marketplace.listings.models import Listing
    from search.codes import gates
    from search.engines import get_engine
    from search.frequencies import frequencies_of
    from search.indexed import document_in
    from search.matching.textscore import TextScore, ranked
    from search.matching.textsearch import vectors_of
    from search.models import IndexedListing
    from search.needs import need_in
    from search.queries import query_for

    engine = get_engine()
    steps: dict[str, list[Spent]] = {name: [] for name in STEPS}
    found = 0
    for row in IndexedListing.objects.filter(pk__in=ids):
        need = need_in(document_in(row))
        clock = Clock()
        frequencies = frequencies_of(need.keys())
        sides = [side for side in ("il", "ps", "third") if side != row.side]
        query = query_for(need, frequencies, gates=gates(["public"], ["offer"], sides))
        steps["frequencies and query"].append(clock.lap())
        candidates = engine.search(query).ids
        named = clock.lap()
        steps["candidates"].append(named)
        visible = Listing.objects.visible_to(None).filter(pk__in=candidates)
        found += len(list(visible.order_by().values_list("pk", flat=True)))
        checked = clock.lap()
        steps["candidates + SQL re-check (F-01)"].append(
            Spent(named.wall + checked.wall, named.cpu + checked.cpu)
        )
        vectors = vectors_of(Listing.objects.visible_to(None), candidates)
        ranked(TextScore(need, frequencies), vectors)
        steps["vectors read and scored on top"].append(clock.lap())
    print(f"\nA match query, {found / len(ids):.0f} visible candidates on average")
    for name, values in steps.items():
        show(name, values)


def measure_text_search(ids: Sequence[int]) -> None:
    from search.matching.textsearch import search_text

    print("\nThe search box, three words of a listing")
    show(
        "search_text, scored and ordered",
        each(ids, lambda text: search_text(text, None)),
    )


def measure_icontains(ids: Sequence[int]) -> None:
    from django.db.models import Q

    from marketplace.listings.models import Listing

    def find(text: str) -> None:
        wanted = Q()
        for word in text.split():
            wanted |= Q(title__icontains=word) | Q(summary__icontains=word)
        list(Listing.objects.visible_to(None).filter(wanted)[:300])

    show("plain Django, icontains, first 300", each(ids[:50], find))


def measure_wagtail(ids: Sequence[int]) -> None:
    """The same texts as pages' titles would be, in Wagtail's database index."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page
    from wagtail.search import index
    from wagtail.search.backends import get_search_backend

    from marketplace.listings.models import Listing

    root = Page.objects.first()
    kind = ContentType.objects.get_for_model(Page)
    rows = Listing.objects.values_list("pk", "title", "summary")
    Page.objects.bulk_create(
        [
            Page(
                path=f"{root.path}{number:04X}"[:255].replace("-", "0"),
                depth=2,
                title=f"{title} {summary}"[:255],
                slug=f"bench-{number}",
                content_type=kind,
                locale=root.locale,
                live=True,
            )
            for number, (_, title, summary) in enumerate(rows.iterator(), 0x1000)
        ],
        batch_size=BATCH,
    )
    pages = list(Page.objects.filter(slug__startswith="bench-"))
    for start in range(0, len(pages), BATCH):
        get_search_backend().add_bulk(Page, pages[start : start + BATCH])
    assert index.class_is_indexed(Page)

    def find(text: str) -> None:
        list(Page.objects.live().search(text, operator="or")[:300])

    show("Wagtail's database search, first 300", each(ids[:50], find))


def each(ids: Sequence[int], find: Callable[[str], object]) -> list[Spent]:
    from marketplace.listings.models import Listing

    random = Random(2)
    times = []
    for text in Listing.objects.filter(pk__in=ids).values_list("summary", flat=True):
        asked = " ".join(random.sample(text.split(), 3))
        clock = Clock()
        find(asked)
        times.append(clock.lap())
    return times


def timed(work: Callable[[], object]) -> Spent:
    clock = Clock()
    work()
    return clock.lap()


def say(what: str, spent: Spent, count: int) -> None:
    print(
        f"{what}: {count / spent.wall:,.0f} a second, "
        f"{count / spent.cpu:,.0f} a CPU second ({spent.wall:.1f} s)"
    )


def show(what: str, spent: Sequence[Spent]) -> None:
    wall = quantiles([one.wall for one in spent], n=100)
    cpu = quantiles([one.cpu for one in spent], n=100)
    print(
        f"{what}: p50 {1000 * wall[49]:.2f}, p95 {1000 * wall[94]:.2f} ms; "
        f"CPU p50 {1000 * cpu[49]:.2f}, p95 {1000 * cpu[94]:.2f} ms"
    )


if __name__ == "__main__":
    main()
