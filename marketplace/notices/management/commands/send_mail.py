"""Send every mail whose time has come; safe to run at any time and twice."""

from django.core.management.base import BaseCommand

from marketplace.notices.delivery import revive, sweep


class Command(BaseCommand):
    help = "Send outgoing mail that is due."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--retry", action="store_true", help="try mails anew that were given up"
        )

    def handle(self, *, retry: bool, verbosity: int, **options: object) -> None:
        revived = revive() if retry else 0
        sent = sweep()
        if verbosity:
            self.stdout.write(f"{sent} sent, {revived} revived")
