"""Works off the outbox of the index; a clock calls it, and it may run at any time."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from marketplace.figures import add_json, write_figures
from marketplace.progress import Progress
from search.indexing import drain


class Command(BaseCommand):
    help = "Bring changed listings into the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, help="most rows to work off")
        add_json(parser)

    def handle(
        self,
        *,
        limit: int | None,
        json: Path | None,
        verbosity: int,
        **options: object,
    ) -> None:
        done = drain(limit, Progress(self.stderr if verbosity else None))
        if verbosity:
            self.stdout.write(
                f"indexed {len(done.indexed)}, removed {len(done.removed)}, "
                f"failed {len(done.failed)}"
            )
        names = ("indexed", "removed", "failed")
        write_figures({name: len(getattr(done, name)) for name in names}, json)
