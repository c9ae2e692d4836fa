"""How fast listings are found, beside Wagtail's database search and plain Django.

    python tests/benchmarks/retrieval.py [--listings 10000] [--queries 200] [--folder FOLDER]

Makes a database of its own in a temporary folder and removes it; a folder that is named is
kept, and asked again without being filled. See README.md.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

if TYPE_CHECKING:
    from search.engines import Engine

from tests.benchmarks.beside import (  # noqa: E402
    each,
    measure_icontains,
    measure_postgresql,
    measure_tantivy,
    measure_wagtail,
)
from tests.benchmarks.clock import Clock, Spent, say, show, timed  # noqa: E402

BATCH = 1_000


STEPS = (
    "frequencies and query",
    "candidates",
    "candidates + SQL re-check (F-01)",
    "vectors read and scored on top",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with folder_for(options.folder) as folder:
        is_new = not (folder / "bench.sqlite3").exists()
        postgresql = os.environ.get("DATABASE_URL", "")
        os.environ["VAR_DIR"] = str(folder)
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

        import django
        from django.core.management import call_command

        django.setup()
        if is_new:
            call_command("migrate", verbosity=0)
            call_command("load_taxonomy", verbosity=0)
            fill(options.listings)
        ask(options.queries, postgresql)
    print(f"most memory of this process: {most_memory():.0f} MB")


@contextmanager
def folder_for(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def most_memory() -> float:
    """Megabytes that this process held at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


def fill(listings: int) -> None:
    from marketplace.listings.models import Listing
    from search import indexing, rebuilding
    from search.engines import engines
    from search.lexicon import current_lexicon

    spent = timed(lambda: seed(listings))
    say(f"{listings} listings made", spent, listings)
    ids = list(Listing.objects.values_list("pk", flat=True))
    spent = timed(lambda: indexing.record_changes(ids, "bench"))
    say("into the outbox", spent, listings)
    current_lexicon()  # read once a process
    spent = timed(indexing.drain)
    say("analysed and indexed from the outbox", spent, listings)
    spent = timed(rebuilding.recount)
    say("counted again", spent, listings)
    spent = timed(lambda: rebuilding.refill(engines()["embedded"]))
    say("engine rebuilt from stored terms (F-09)", spent, listings)
    print(f"most memory while filling: {most_memory():.0f} MB")


def ask(queries: int, postgresql: str) -> None:
    from marketplace.listings.models import Listing
    from search.engines import engines

    ids = list(Listing.objects.order_by("pk").values_list("pk", flat=True))
    picked = Random(1).sample(ids, queries)
    engine = engines()["embedded"]
    gc.collect()
    gc.freeze()  # as cms/wsgi.py does
    measure_match(picked, engine)
    measure_elasticsearch(picked)
    measure_text_search(picked)
    measure_tantivy(picked)
    measure_postgresql(picked, postgresql)
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


def measure_match(ids: Sequence[int], engine: Engine) -> list[list[int]]:
    """A listing's need asked of all offers of the other sides; the best ten of each."""
    from marketplace.listings.models import Listing
    from search.codes import gates
    from search.frequencies import frequencies_of
    from search.indexed import document_in
    from search.matching.textscore import TextScore, ranked
    from search.matching.textsearch import vectors_of
    from search.models import IndexedListing
    from search.needs import need_in
    from search.queries import query_for

    pages: list[list[int]] = []
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
        visible = Listing.objects.visible_to(None).among(candidates)
        found += len(list(visible.order_by().values_list("pk", flat=True)))
        checked = clock.lap()
        steps["candidates + SQL re-check (F-01)"].append(
            Spent(named.wall + checked.wall, named.cpu + checked.cpu)
        )
        vectors = vectors_of(Listing.objects.visible_to(None), candidates)
        scored = ranked(TextScore(need, frequencies), vectors)
        steps["vectors read and scored on top"].append(clock.lap())
        pages.append([one.id for one in scored[:10]])
    print(
        f"\nA match query on {engine.name}, {found / len(ids):.0f} visible candidates on average"
    )
    for name, values in steps.items():
        show(name, values)
    return pages


def measure_elasticsearch(ids: Sequence[int]) -> None:
    """The same on a server, over HTTP (F-02), and how often the first ten agree."""
    from django.conf import settings

    from search import rebuilding
    from search.engines import engines, scratch_engine

    if not settings.ELASTICSEARCH_URL:
        print("\nElasticsearch: ELASTICSEARCH_URL names no server")
        return
    with scratch_engine("elasticsearch", ROOT) as elastic:
        spent = timed(lambda: rebuilding.refill(elastic))
        say(
            "\nElasticsearch filled from stored terms",
            spent,
            elastic.health().documents,
        )
        measure_match(ids, elastic)  # warm, as the embedded engine is
        there = measure_match(ids, elastic)
    here = measure_match(ids, engines()["embedded"])
    same = sum(one == other for one, other in zip(here, there, strict=True))
    print(f"same first ten on both engines: {same} of {len(ids)}")


def measure_text_search(ids: Sequence[int]) -> None:
    from search.matching.textsearch import search_text

    print("\nThe search box, three words of a listing")
    show(
        "search_text, scored and ordered",
        each(ids, lambda text: search_text(text, None)),
    )


if __name__ == "__main__":
    main()
