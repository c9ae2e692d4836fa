"""What the database itself refuses about money, one text per vendor.

Migrations call `install`; one that alters a guarded table calls `lift` first and
`install` after, because SQLite rebuilds the table and forgets its triggers. Each
name stands for the same rule on both vendors; `missing` reports those not there.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

HEADER = "payments_ledgertransaction"
LEG = "payments_ledgerentry"
SHARE = "payments_share"
DOCUMENT = "payments_document"
MONTH = "payments_monthclose"
# What the site's own role may only add to and read.
APPEND_ONLY = (HEADER, LEG, MONTH)

_UNBALANCED = f"""
    (SELECT count(*) FROM {LEG} WHERE transaction_id = NEW.id) < 2
    OR EXISTS (
        SELECT 1 FROM {LEG} WHERE transaction_id = NEW.id
        GROUP BY currency_id HAVING sum(amount_minor) <> 0
    )
"""
_HAS_HEADER = f"EXISTS (SELECT 1 FROM {HEADER} WHERE id = NEW.transaction_id)"
_OTHER_BOOKS = f"""
    EXISTS (
        SELECT 1 FROM {LEG} WHERE transaction_id = NEW.id
        AND (mode <> NEW.mode OR period <> NEW.period)
    )
"""
_IS_CLOSED = f"""
    EXISTS (SELECT 1 FROM {MONTH} WHERE mode = NEW.mode AND month = NEW.period)
"""
_SHARE_MOVED = """
    NEW.due_minor <> OLD.due_minor OR NEW.currency_id <> OLD.currency_id
    OR NEW.fee_id <> OLD.fee_id OR NEW.party_id <> OLD.party_id
"""

# The sealed facts may be sealed anew when a key changes; their hash may not change.
_DOCUMENT_CHANGED = """
    NEW.reference <> OLD.reference OR NEW.series_id <> OLD.series_id
    OR NEW.number <> OLD.number
    OR COALESCE(NEW.share_id, 0) <> COALESCE(OLD.share_id, 0)
    OR NEW.posting_id <> OLD.posting_id OR NEW.kind <> OLD.kind
    OR NEW.amount_minor <> OLD.amount_minor OR NEW.currency_id <> OLD.currency_id
    OR NEW.facts_hash <> OLD.facts_hash OR NEW.issued_at <> OLD.issued_at
"""

_SEAT_CHANGED = "COALESCE(NEW.seat_id, 0) <> COALESCE(OLD.seat_id, 0)"

# name: (table, when, condition or None for always, what it says)
GUARDS: dict[str, tuple[str, str, str | None, str]] = {
    "ledger_header_balances": (
        HEADER,
        "BEFORE INSERT",
        _UNBALANCED,
        "ledger: a transaction needs two legs or more that sum to zero",
    ),
    "ledger_leg_before_header": (
        LEG,
        "BEFORE INSERT",
        _HAS_HEADER,
        "ledger: no leg may be added to a booked transaction",
    ),
    "ledger_legs_as_header": (
        HEADER,
        "BEFORE INSERT",
        _OTHER_BOOKS,
        "ledger: legs and transaction stand in one month and one kind of money",
    ),
    "ledger_month_is_open": (
        HEADER,
        "BEFORE INSERT",
        _IS_CLOSED,
        "ledger: nothing is booked into a closed month",
    ),
    "ledger_header_keeps": (HEADER, "BEFORE UPDATE", None, "ledger: append-only"),
    "ledger_header_stays": (HEADER, "BEFORE DELETE", None, "ledger: append-only"),
    "ledger_leg_keeps": (LEG, "BEFORE UPDATE", None, "ledger: append-only"),
    "ledger_leg_stays": (LEG, "BEFORE DELETE", None, "ledger: append-only"),
    "share_due_keeps": (
        SHARE,
        "BEFORE UPDATE",
        _SHARE_MOVED,
        "share: what is due never changes",
    ),
    "document_keeps": (
        DOCUMENT,
        "BEFORE UPDATE",
        _DOCUMENT_CHANGED,
        "document: what was issued never changes",
    ),
    "document_seat_keeps": (
        DOCUMENT,
        "BEFORE UPDATE",
        _SEAT_CHANGED,
        "document: what was issued never changes",
    ),
    "document_stays": (
        DOCUMENT,
        "BEFORE DELETE",
        None,
        "document: what was issued stays",
    ),
    "month_keeps": (MONTH, "BEFORE UPDATE", None, "month: what is closed stays"),
    "month_stays": (MONTH, "BEFORE DELETE", None, "month: what is closed stays"),
}
# Guards that read a column of their table which a later migration added.
READS = {
    "ledger_legs_as_header": "period",
    "ledger_month_is_open": "period",
    "document_seat_keeps": "seat_id",
}
# Second guards that only PostgreSQL can hold: they look when the transaction ends.
DEFERRED_GUARDS: dict[str, tuple[str, str, str]] = {
    "ledger_leg_balances_at_end": (
        LEG,
        f"""
        NOT {_HAS_HEADER} OR (
            SELECT sum(amount_minor) FROM {LEG}
            WHERE transaction_id = NEW.transaction_id
            AND currency_id = NEW.currency_id
        ) <> 0
        """,
        "ledger: unbalanced at the end of the transaction",
    ),
    "share_sum_is_total": (
        SHARE,
        f"""
        (SELECT sum(due_minor) FROM {SHARE} WHERE fee_id = NEW.fee_id)
        <> (SELECT total_minor FROM payments_fee WHERE id = NEW.fee_id)
        """,
        "share: the shares do not add up to the fee",
    ),
}


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put every guard in place, new or anew."""
    lift(schema_editor)
    vendor = schema_editor.connection.vendor
    for statement in _creating(vendor, _tables(schema_editor)):
        schema_editor.execute(statement, params=None)


def lift(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take every guard away, for a migration that alters a guarded table."""
    vendor = schema_editor.connection.vendor
    for statement in _dropping(vendor, _tables(schema_editor)):
        schema_editor.execute(statement, params=None)


def _tables(schema_editor: BaseDatabaseSchemaEditor) -> set[str]:
    """The tables there are: an early migration knows not yet all that are guarded.

    And `table.column` for each column that a guard of `READS` needs.
    """
    introspection = schema_editor.connection.introspection
    present = set(introspection.table_names())
    wanted = {(GUARDS[name][0], column) for name, column in READS.items()}
    with schema_editor.connection.cursor() as cursor:
        for table, column in wanted:
            if table in present:
                found = introspection.get_table_description(cursor, table)
                if column in {each.name for each in found}:
                    present.add(f"{table}.{column}")
    return present


def _stands_on(name: str) -> set[str]:
    """What must be present before a guard can be put in place."""
    table = GUARDS[name][0]
    return {table, f"{table}.{READS[name]}"} if name in READS else {table}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the guards that this database does not have."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    expected = list(GUARDS)
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        expected += list(DEFERRED_GUARDS)
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in expected if name not in present]


def _dropping(vendor: str, present: set[str]) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in GUARDS]
    tables = {name: guard[0] for name, guard in GUARDS.items()}
    tables |= {name: guard[0] for name, guard in DEFERRED_GUARDS.items()}
    return [
        statement
        for name, table in tables.items()
        if table in present
        for statement in (
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"DROP FUNCTION IF EXISTS {name}()",
        )
    ]


def _creating(vendor: str, present: set[str]) -> list[str]:
    return _for_sqlite(present) if vendor == "sqlite" else _for_postgresql(present)


def _for_sqlite(present: set[str]) -> list[str]:
    return [
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW "
        + (f"WHEN {condition} " if condition else "")
        + f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for name, (table, when, condition, message) in GUARDS.items()
        if _stands_on(name) <= present
    ]


def _for_postgresql(present: set[str]) -> list[str]:
    statements = []
    for name, (table, when, condition, message) in GUARDS.items():
        if not _stands_on(name) <= present:
            continue
        statements.append(_function(name, condition or "TRUE", message))
        statements.append(
            f"CREATE TRIGGER {name} {when} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    for name, (table, condition, message) in DEFERRED_GUARDS.items():
        if table not in present:
            continue
        statements.append(_function(name, condition, message))
        statements.append(
            f"CREATE CONSTRAINT TRIGGER {name} AFTER INSERT ON {table} "
            "DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    return statements


def _function(name: str, condition: str, message: str) -> str:
    # Every refusing row ends in an exception, so what is returned otherwise is NEW;
    # the guards on DELETE refuse always.
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ "
        f"BEGIN IF {condition} THEN RAISE EXCEPTION '{message}' "
        "USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $guard$"
    )
