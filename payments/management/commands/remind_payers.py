from django.core.management.base import BaseCommand

from payments.reminding import remind_payers


class Command(BaseCommand):
    help = "Tell payers once of shares that are due soon or overdue."

    def handle(self, *, verbosity: int, **options: object) -> None:
        found = remind_payers()
        if verbosity:
            self.stdout.write(f"{found} shares due or overdue")
