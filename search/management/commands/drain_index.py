"""Works off the outbox of the index; a clock calls it, and it may run at any time."""

from django.core.management.base import BaseCommand, CommandParser

from search.indexing import drain


class Command(BaseCommand):
    help = "Bring changed listings into the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, help="most rows to work off")

    def handle(self, *, limit: int | None, verbosity: int, **options: object) -> None:
        done = drain(limit)
        if verbosity:
            self.stdout.write(
                f"indexed {len(done.indexed)}, removed {len(done.removed)}, "
                f"failed {len(done.failed)}"
            )
