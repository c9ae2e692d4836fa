"""What the dashboard costs a member with much on it (F-07).

    python tests/benchmarks/dashboard.py [--matches 1000] [--threads 200] [--own 20]

Makes a site of its own in a temporary folder: a member with so many own listings, so many
matches among them and so many introductions that stand, amid as many listings of others.
Prints the median of the processor time, the number of queries, and the dearest of them.
See README.md.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--matches", type=int, default=1_000)
    parser.add_argument("--threads", type=int, default=200)
    parser.add_argument("--own", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DEBUG": "0",
        }
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("setup_site", verbosity=0)
        measure(fill(options.matches, options.threads, options.own))


def fill(matches: int, threads: int, own: int) -> object:
    """A member with all of it; listings of others are as many as the matches."""
    from django.db import transaction
    from django.utils import timezone

    from marketplace.introductions.models import Introduction, Message
    from search.models import Match
    from tests.factories import make_listing, make_member, make_organisation

    with transaction.atomic():
        home, there = make_organisation(side="il"), make_organisation(side="ps")
        user, other = make_member(home), make_member(there)
        mine = [make_listing(home, owner=user) for _ in range(own)]
        theirs = [
            make_listing(there, owner=other) for _ in range(max(matches, threads))
        ]
        for number, listing in enumerate(theirs[:matches]):
            Match.objects.create(
                first=mine[number % own],
                second=listing,
                score=0.5 + number / matches / 4,
                p=0.5,
                q=0.5,
                reasons={"there": [], "back": []},
            )
        for listing in theirs[:threads]:
            met = Introduction.objects.create(
                asker=home,
                asked=there,
                asked_by=user,
                listing=listing,
                status=Introduction.Status.ACCEPTED,
                asked_at=timezone.now(),
            )
            for author, organisation in ((user, home), (other, there)):
                Message.objects.create(
                    introduction=met, organisation=organisation, author=author, text="x"
                )
    return user


def measure(user: object) -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(user)
    client.get("/en/dashboard/")
    times = []
    for _round in range(ROUNDS):
        began = time.process_time()
        response = client.get("/en/dashboard/")
        times.append(time.process_time() - began)
    assert response.status_code == 200, response.status_code
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/dashboard/")
    print(f"CPU-ms {statistics.median(times) * 1000:.1f}, queries {len(asked)}")
    dear = sorted(asked.captured_queries, key=lambda row: -float(row["time"]))
    for row in dear[:3]:
        print(f"  {row['time']} s  {row['sql'][:140]}")


if __name__ == "__main__":
    main()
