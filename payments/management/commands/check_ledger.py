from django.core.management.base import BaseCommand, CommandError

from payments import checking


class Command(BaseCommand):
    help = "Check the ledger against its rules; exit 1 where one is broken."

    def handle(self, *, verbosity: int, **options: object) -> None:
        found = list(checking.breaches())
        for breach in found:
            self.stderr.write(breach)
        if found:
            raise CommandError(f"{len(found)} rules broken")
        if verbosity:
            for mode, currency, total in checking.sums():
                self.stdout.write(f"{mode} {currency}: {total}")
            self.stdout.write("the ledger keeps its rules")
