"""Tells owners whom nobody matched in three weeks what may help; runs once an hour."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from marketplace.figures import add_json, write_figures
from search.demand import forget_old
from search.unmatched import follow_up


class Command(BaseCommand):
    help = "Follow up listings without a match, and forget old searches in vain."

    def add_arguments(self, parser: CommandParser) -> None:
        add_json(parser)

    def handle(self, *, json: Path | None, verbosity: int, **options: object) -> None:
        told = follow_up()
        forget_old()
        if verbosity:
            self.stdout.write(f"told: {told}")
        write_figures({"told": told}, json)
