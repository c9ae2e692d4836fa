from django.core.management.base import BaseCommand, CommandError

from cms.invariants import RULES, breaches


class Command(BaseCommand):
    help = (
        "Check what must hold at every moment; a line for each breach, exit 1 if any."
    )

    def handle(self, *, verbosity: int, **options: object) -> None:
        found = list(breaches())
        for breach in found:
            self.stderr.write(breach)
        if found:
            raise CommandError(f"{len(found)} breaches")
        if verbosity:
            for rule, (words, _find) in RULES.items():
                self.stdout.write(f"{rule} holds: {words}")
