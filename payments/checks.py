"""What must hold before money is asked for: modes, keys, guards."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from payments import triggers
from payments.models import LedgerTransaction
from payments.modes import Mode
from payments.roles import excessive_rights

TEST_KEYS = ("sk_test_", "rk_test_")
LIVE_KEY = "rk_live_"


@register("payments")
def modes_and_keys(**_: object) -> list[CheckMessage]:
    """The matrix of mode, key, address and DEBUG."""
    try:
        mode = Mode(settings.PAYMENTS_MODE)
    except ValueError:
        return [_error("E001", "PAYMENTS_MODE must be one of " + ", ".join(Mode))]
    rules = {Mode.SANDBOX: _sandbox, Mode.STRIPE_TEST: _test, Mode.STRIPE_LIVE: _live}
    return [*rules[mode](), *_webhook()]


def _sandbox() -> Iterator[CheckMessage]:
    if not settings.DEBUG and not settings.ALLOW_SANDBOX_IN_DEMO:
        yield _error(
            "E002",
            "PAYMENTS_MODE=sandbox moves no money and is for development; "
            "set ALLOW_SANDBOX_IN_DEMO=1 for a public demonstration",
        )
    yield from _test()


def _test() -> Iterator[CheckMessage]:
    if not settings.STRIPE_KEY.startswith(TEST_KEYS):
        yield _error("E003", "STRIPE_KEY must be a test key in this mode")


def _live() -> Iterator[CheckMessage]:
    if not settings.STRIPE_KEY.startswith(LIVE_KEY):
        yield _error("E004", "STRIPE_KEY must be a restricted live key (rk_live_)")
    if settings.DEBUG:
        yield _error("E005", "real money and DEBUG do not go together")
    if not settings.SITE_URL.startswith("https://"):
        yield _error("E006", "SITE_URL must be https where real money is paid")


def _webhook() -> Iterator[CheckMessage]:
    if not any(settings.STRIPE_WEBHOOK_SECRETS):
        yield _error("E007", "STRIPE_WEBHOOK_SECRETS holds no secret")
    if not settings.STRIPE_WEBHOOK_PATH:
        yield _error("E008", "STRIPE_WEBHOOK_PATH is empty: no event can arrive")


@register(Tags.database)
def guards_and_history(
    databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """The database keeps its guards, and one that held real money stays real."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if (
            LedgerTransaction._meta.db_table
            not in connection.introspection.table_names()
        ):
            continue  # before the first migration
        missing = triggers.missing(connection)
        if missing and not _is_behind(connection):
            found += [
                _error("E009", f"the guard {name} is missing: see payments/triggers.py")
                for name in missing
            ]
        live = LedgerTransaction.objects.using(alias).filter(mode=Mode.STRIPE_LIVE)
        if settings.PAYMENTS_MODE != Mode.STRIPE_LIVE and live.exists():
            found.append(_error("E010", "this database holds real payments"))
    return found


def _is_behind(connection: BaseDatabaseWrapper) -> bool:
    """Whether a migration still waits: `migrate` itself asks, and would be refused."""
    executor = MigrationExecutor(connection)
    last = executor.loader.graph.leaf_nodes(LedgerTransaction._meta.app_label)
    return bool(executor.migration_plan(last))


@register(Tags.database)
def site_role(
    databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """On PostgreSQL the site's own role reads and adds to the ledger, no more."""
    return [
        Warning(
            f"the site's role has {right}: see manage.py restrict_site_role",
            id="payments.W001",
        )
        for alias in databases or ()
        if connections[alias].vendor == "postgresql" and not settings.DEBUG
        for right in excessive_rights(connections[alias])
    ]


def _error(code: str, text: str) -> Error:
    return Error(text, id=f"payments.{code}")
