"""Django's `migrate`, with models made on demand: minutes of a first start less."""

from django.core.management.commands import migrate

from cms.migrating import PatientExecutor

# Django offers no other way to say which executor its command uses.
migrate.MigrationExecutor = PatientExecutor  # type: ignore[assignment, misc]


class Command(migrate.Command):
    pass
