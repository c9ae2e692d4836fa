"""How fast a file of listings comes in, public at once or to be reviewed.

    python tests/benchmarks/importing.py [--lines 5000]

`manage.py import_listings` as it is, on a database of its own: read, checked, written with
parts, revisions and reviews, and put into the outbox; then the same file again, of which
nothing is new, and again with every text changed. See README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from tests.benchmarks.clock import say, timed  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=5_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["VAR_DIR"] = name
        os.environ["DATABASE_URL"] = f"sqlite:///{name}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

        import django
        from django.conf import settings
        from django.core.management import call_command

        # As on a site: indexing and matching are the worker's, here they only wait.
        settings.TASKS = {
            "default": {
                "BACKEND": "django_tasks_db.DatabaseBackend",
                "QUEUES": ["default", "mail", "search"],
            }
        }
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("setup_site", verbosity=0)
        run(folder, options.lines)


def run(folder: Path, count: int) -> None:
    public, waiting, changed = (folder / f"{name}.jsonl" for name in "abc")
    write(public, count, "p")
    write(waiting, count, "w")
    write(changed, count, "p", seed=1)
    for what, path, publish in (
        ("new, public at once", public, True),
        ("new, to be reviewed", waiting, False),
        ("the same again", public, True),
        ("every text changed", changed, True),
    ):
        spent = timed(lambda path=path, publish=publish: bring_in(path, publish))
        say(what, spent, count)


def bring_in(path: Path, publish: bool) -> None:
    """As the command does, by somebody who may publish."""
    from marketplace.listings.actions import import_listings
    from marketplace.people.models import User

    by, _ = User.objects.get_or_create(
        email="bench@example.org", defaults={"is_superuser": True, "is_staff": True}
    )
    with path.open("rb") as lines:
        report = import_listings(enumerate(lines, 1), by=by, publish=publish)
    if report.bad:
        raise SystemExit(f"bad lines: {report.bad[:3]}")


def write(path: Path, count: int, prefix: str, seed: int = 0) -> None:
    from marketplace.taxonomy.models import Capability, Place, Sector
    from tests.benchmarks.trade_texts import TradeTexts

    texts, chance = TradeTexts(seed), Random(seed)
    sectors = list(Sector.objects.filter(level="class").values_list("code", flat=True))
    kinds = list(Capability.objects.values_list("slug", flat=True))
    places = list(Place.objects.values_list("slug", flat=True))
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            language = chance.choice(["en", "he", "ar"])
            line = {
                "id": f"{prefix}-{number}",
                "kind": chance.choice(["offer", "need", "investment"]),
                "title": texts.text(language, 4, 8),
                "summary": texts.text(language, 20, 60),
                "language": language,
                "side": chance.choice(["il", "ps"]),
                "place": chance.choice(places),
                "sectors": [chance.choice(sectors)],
                "brings": [chance.choice(kinds), texts.text(language, 4, 8)],
                "needs": [{"text": texts.text(language, 8, 14)}],
                "amount": {"min": 1_000, "max": 90_000, "currency": "USD"},
                "languages": [language],
            }
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
