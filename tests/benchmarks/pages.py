"""What the main pages cost a site with many listings: CPU, queries, bytes (F-03, F-04, F-15).

    python tests/benchmarks/pages.py [--listings 10000] [--rounds 30] [--folder FOLDER]

Makes a site of its own in a temporary folder, or in one that is kept and used again, and
asks the pages of Django's test client, as a
visitor and as a member with a listing and its matches. Prints for each page the median of
the processor time, the number of queries, and the bytes as they stand and as gzip. See
README.md.
"""

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--folder", help="keep the site there, and use it again")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = options.folder or stack.enter_context(tempfile.TemporaryDirectory())
        os.environ |= {
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DEBUG": "0",
            "PYTHONPATH": str(ROOT),
        }
        fill = [sys.executable, __file__.replace("pages.py", "memory_fill.py")]
        if not Path(folder, "bench.sqlite3").exists():
            Path(folder).mkdir(parents=True, exist_ok=True)
            subprocess.run([*fill, str(options.listings)], check=True)
        measure(options.rounds)


def measure(rounds: int) -> None:
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    print(f"{'page':34} {'CPU-ms':>7} {'queries':>7} {'bytes':>8} {'gzip':>7}")
    for name, client, path in pages(Client):
        client.get(path)
        times = []
        for _round in range(rounds):
            began = time.process_time()
            response = client.get(path)
            times.append(time.process_time() - began)
        assert response.status_code == 200, (path, response.status_code)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        print(
            f"{name:34} {statistics.median(times) * 1000:7.1f} {len(asked):7}"
            f" {len(response.content):8} {len(gzip.compress(response.content, 6)):7}"
        )


def pages(make_client: type) -> Iterator[tuple[str, object, str]]:
    """Name, client and address of each page."""
    from marketplace.listings.models import Listing
    from search.matching.matcher import refresh_matches

    own = Listing.objects.live().select_related("owner").first()
    refresh_matches(own.pk)
    word = own.brings.first().text.split()[0]
    visitor, member = make_client(), make_client()
    member.force_login(own.owner)
    other = Listing.objects.live().exclude(organisation=own.organisation_id).first()
    yield "visitor: home", visitor, "/en/"
    yield "visitor: newest listings", visitor, "/en/listings/"
    yield "visitor: a word", visitor, f"/en/listings/?q={word}"
    yield "visitor: filters", visitor, "/en/listings/?kind=offer&lang=he"
    yield "visitor: a listing", visitor, f"/en/listings/{other.public_id}/"
    yield "member: listings by match", member, "/en/listings/"
    yield "member: a word", member, f"/en/listings/?q={word}"
    yield (
        "member: matches of a listing",
        member,
        f"/en/listings/{own.public_id}/matches/",
    )
    yield "member: dashboard", member, "/en/dashboard/"


if __name__ == "__main__":
    main()
