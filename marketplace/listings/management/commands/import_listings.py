"""Bring in listings from a file of JSON lines."""

import gzip
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from io import BufferedReader
from os import fstat
from pathlib import Path
from typing import IO

from django.core.management.base import BaseCommand, CommandError

from marketplace.exceptions import NotAllowed
from marketplace.figures import add_json, write_figures
from marketplace.listings.actions import ImportReport, import_listings
from marketplace.listings.import_lines import LONGEST_LINE
from marketplace.people.clock import clock_user
from marketplace.people.models import User
from marketplace.progress import Progress


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
        add_json(parser)

    def handle(
        self,
        *,
        file: str,
        by: str | None,
        json: Path | None,
        verbosity: int,
        **options: bool,
    ) -> None:
        progress = Progress(self.stderr if verbosity else None)
        try:
            with Path(file).open("rb") as raw:
                report = import_listings(
                    _followed(raw, progress),
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
        write_figures(_figures(report), json)
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


def _figures(report: ImportReport) -> dict[str, int]:
    return {
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "bad": len(report.bad),
    }


def _followed(raw: BufferedReader, progress: Progress) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; told by what of the file was read, packed or not."""
    whole = fstat(raw.fileno()).st_size
    for numbered in _numbered(_unpacked(raw)):
        yield numbered
        progress.tell("bytes", raw.tell(), whole)


def _unpacked(raw: BufferedReader) -> IO[bytes]:
    return gzip.open(raw) if raw.name.endswith(".gz") else raw


def _numbered(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; of an endless one only so much as shows it is bad."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 2):
        number += 1
        yield number, line
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 2)
