"""How many can meet over one listing at the same moment, and what a withdrawal leaves.

    python tests/benchmarks/meeting.py accept [--pairs 400] [--workers 4]    (F-13)
    python tests/benchmarks/meeting.py withdraw [--rounds 200]               (F-11)

Keeps its data where DATABASE_URL says, which has to be an empty database of its own, else
in SQLite in a temporary folder. See README.md.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[2]
QUEUES = ["default", "mail", "search"]
FIVE = dict.fromkeys(("i_bring", "i_need", "why_you", "first_step"), "Forty jars")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("accept", "withdraw"))
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DEBUG": "0",
        }
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from django.core.management import call_command
        from django.test import override_settings

        # How often one may ask is not what is measured; letters are a worker's work.
        queue = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES}
        override_settings(
            ALLOWED_HOSTS=["testserver"],
            INTRODUCTIONS_OPEN_RECEIVED=10**6,
            INTRODUCTION_COOL_DOWN_DAYS=0,
            SEARCHES_A_MINUTE=10**6,
            TASKS={"default": queue},
        ).enable()
        call_command("migrate", verbosity=0)
        call_command("setup_site", verbosity=0)
        if options.what == "accept":
            accept(options.pairs, options.workers)
        else:
            withdraw(options.rounds)


# -- F-13 ---------------------------------------------------------------------------


def accept(pairs: int, workers: int) -> None:
    """Everybody asks about one listing, and its owner accepts all, in processes."""
    from tests.factories import make_listing, make_member, make_organisation

    home = make_organisation(side="ps")
    listing = make_listing(home, owner=make_member(home))
    askers = []
    for _number in range(pairs):
        organisation = make_organisation(side="il")
        askers.append((organisation.pk, make_member(organisation).pk))
    for what, act, things in (
        ("asked", _ask, [(listing.pk, *asker) for asker in askers]),
        ("accepted", _accept, None),
    ):
        spent, done = _shared_out(act, things or _waiting(listing.pk), workers)
        cpu = sum(seconds for seconds, _error in done)
        print(
            f"{what}: {pairs / spent:,.0f} a second by the wall, {workers} workers, "
            f"{pairs / cpu:,.0f} a CPU second of theirs"
        )
        for error in filter(None, (error for _seconds, error in done)):
            print(f"  {error}")
    _look_for_anomalies(listing.pk, pairs)


def _shared_out(act, things: list, workers: int) -> tuple[float, list]:
    from django.db import connections

    connections.close_all()  # a child must not speak through its parent's
    context = multiprocessing.get_context("fork")
    with context.Pool(workers, initializer=connections.close_all) as pool:
        pool.map(_nothing, range(workers * 4))
        began = perf_counter()
        done = pool.map(act, things, chunksize=1)
        return perf_counter() - began, done


def _nothing(_number: int) -> None:
    """Children are there before the clock runs."""


def _waiting(listing: int) -> list[int]:
    from marketplace.introductions.models import Introduction

    rows = Introduction.objects.filter(listing=listing).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _ask(thing: tuple[int, int, int]) -> tuple[float, str]:
    from marketplace.introductions.actions import ask_introduction
    from marketplace.listings.models import Listing
    from marketplace.organisations.models import Organisation
    from marketplace.people.models import User

    listing, organisation, user = thing
    return _timed(
        lambda: ask_introduction(
            Listing.objects.get(pk=listing),
            by=User.objects.get(pk=user),
            asker=Organisation.objects.get(pk=organisation),
            **FIVE,
        )
    )


def _accept(pk: int) -> tuple[float, str]:
    from marketplace.introductions.actions import accept_introduction
    from marketplace.introductions.models import Introduction

    row = Introduction.objects.select_related("listing__owner").get(pk=pk)
    return _timed(lambda: accept_introduction(row, by=row.listing.owner))


def _timed(act) -> tuple[float, str]:
    """Processor seconds of one act, and the error where there was one."""
    began = process_time()
    try:
        act()
    except Exception as error:  # noqa: BLE001 - counted and printed
        return process_time() - began, repr(error)
    return process_time() - began, ""


def _look_for_anomalies(listing: int, pairs: int) -> None:
    """Every pair met once: two consents, one opening each way, and nothing else."""
    from marketplace.introductions.models import Introduction, StageConsent
    from marketplace.organisations.models import Disclosure

    met = Introduction.objects.filter(listing=listing, status="accepted").count()
    consents = StageConsent.objects.live().count()
    opened = Disclosure.objects.live().values("of", "to", "stage").distinct().count()
    rows = Disclosure.objects.live().count()
    print(
        f"met {met} of {pairs}, consents {consents} of {2 * pairs}, "
        f"openings {opened} of {2 * pairs}, doubled {rows - opened}"
    )


# -- F-11 ---------------------------------------------------------------------------


def withdraw(rounds: int) -> None:
    """A listing and a consent are taken back; the next request reads nothing of them.

    Nothing works off the outbox meanwhile, so the index still holds every word.
    """
    from django.test import Client
    from django.urls import reverse

    from marketplace.introductions.actions import (
        accept_introduction,
        ask_introduction,
        close_introduction,
        send_message,
    )
    from marketplace.listings.actions import withdraw_listing
    from search.engines import engines
    from search.indexing import record_change
    from search.rebuilding import refill
    from tests.factories import make_listing, make_member, make_organisation

    home, there = make_organisation(side="ps"), make_organisation(side="il")
    owner, reader = make_member(home), make_member(there)
    browser = Client()
    browser.force_login(reader)
    left, slowest = 0, 0.0
    words = [f"word{chr(97 + n % 26)}{chr(97 + n // 26)}kiln" for n in range(rounds)]
    listings = [make_listing(home, owner=owner, title=f"A {word}") for word in words]
    for row in listings:
        record_change(row, "changed")
    for engine in engines().values():
        refill(engine)
    address = reverse("search:listings")
    found = words[0] in browser.get(address, {"q": words[0]}).content.decode()
    print(f"found before it is withdrawn: {'yes' if found else 'no'}")
    for word, row in zip(words, listings, strict=True):
        introduction = ask_introduction(row, by=reader, asker=there, **FIVE)
        accept_introduction(introduction, by=owner)
        send_message(introduction, by=owner, text=f"About the {word}")
        page = introduction.get_absolute_url()
        close_introduction(introduction, by=owner)
        withdraw_listing(row, by=owner)
        began = process_time()
        pages = [
            browser.get(address, {"q": word})
            .content.decode()
            .replace(f'value="{word}"', ""),
            browser.get(row.get_absolute_url()).content.decode(),
            browser.get(page).content.decode(),
        ]
        slowest = max(slowest, process_time() - began)
        left += sum(
            f"About the {word}" in text or f"A {word}" in text for text in pages
        )
    print(f"read after the commit: {left} of {3 * rounds} pages")
    print(f"the three pages took at most {1000 * slowest:.0f} CPU-ms")


if __name__ == "__main__":
    main()
