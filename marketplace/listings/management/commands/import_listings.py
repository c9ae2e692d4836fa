"""Bring in listings from a file of JSON lines."""

import gzip
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.core.management.base import BaseCommand, CommandError

from marketplace.exceptions import NotAllowed
from marketplace.listings.actions import ImportReport, import_listings
from marketplace.listings.import_lines import LONGEST_LINE
from marketplace.people.clock import clock_user
from marketplace.people.models import User


class Command(BaseCommand):
    help = "Import listings, one JSON object a line; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl", help="or FILE.jsonl.gz")
        parser.add_argument("--by", metavar="EMAIL", help="the member who imports")
        parser.add_argument(
            "--publish", action="store_true", help="public at once, without review"
        )
        parser.add_argument(
            "--create-organisations",
            action="store_true",
            help="register organisations whose slugs are not known, unverified",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *, file: str, by: str | None, **options: bool) -> None:
        try:
            with _opened(Path(file)) as stream:
                report = import_listings(
                    _numbered(stream),
                    by=_importer(by),
                    publish=options["publish"],
                    create_organisations=options["create_organisations"],
                    dry_run=options["dry_run"],
                )
        except (OSError, EOFError) as error:
            raise CommandError(f"{file}: {error}") from None
        except NotAllowed:
            raise CommandError(
                "--publish needs the right to publish listings"
            ) from None
        self._tell(file, report)
        if not report.good:
            sys.exit(1)

    def _tell(self, file: str, report: ImportReport) -> None:
        for number, reason in report.bad:
            self.stderr.write(f"{file}:{number}: {reason}")
        self.stdout.write(
            f"created {report.created}, changed {report.changed}, "
            f"unchanged {report.unchanged}, bad {len(report.bad)}"
        )


def _importer(email: str | None) -> User:
    if email is None:
        return clock_user()
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise CommandError(f"no active member has the address {email}")
    return found


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")


def _numbered(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; of an endless one only so much as shows it is bad."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 2):
        number += 1
        yield number, line
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 2)
