from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from payments.roles import restrict


class Command(BaseCommand):
    help = "Let the site's role on PostgreSQL read and add to the ledger, no more."

    def add_arguments(self, parser) -> None:
        parser.add_argument("role")

    def handle(self, *, role: str, **options: object) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("only PostgreSQL knows roles")
        restrict(connection, role)
        self.stdout.write(f"{role} may read and add to the ledger, no more")
