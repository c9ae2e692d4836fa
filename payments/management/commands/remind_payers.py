from django.core.management.base import BaseCommand

from payments.reminding import remind_investors, remind_payers


class Command(BaseCommand):
    help = (
        "Tell once of shares due soon or overdue, of trials nearly over, seats unpaid."
    )

    def handle(self, *, verbosity: int, **options: object) -> None:
        found, seats = remind_payers(), remind_investors()
        if verbosity:
            self.stdout.write(f"{found} shares due or overdue, {seats} seats")
