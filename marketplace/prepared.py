"""Conditions and reads whose SQL Django builds once, asked again with other values.

Who may see whom is a page of SQL, and for Django to write it anew costs more than it
costs the database to answer. A condition is written with the ORM all the same, and asked
in the very query that reads the rows: nothing that was read is kept.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateTimeField,
    F,
    Field,
    Model,
    Q,
    QuerySet,
)
from django.db.models.expressions import Col, Expression
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)

# What stands in the built statement where a value goes: of each kind one that no row has.
_MARKS: Mapping[type, tuple[Any, Field]] = {
    int: (2_083_194_227, BigIntegerField()),
    datetime: (datetime(9876, 5, 4, 3, 2, 1, 98765, UTC), DateTimeField()),
}
_OWN_TABLE = "\0"
# A read is built for so many keys; what is missing is filled up with the last.
_SIZES = (1, 20, 100)


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A condition on rows of one model, by values of the kinds it names.

    ``write`` gets the model and the values and answers with a ``Q`` that joins no table;
    its subqueries do not look at the row itself. It is called once for each database.
    """

    write: Callable[..., Q]
    kinds: Mapping[str, type]
    _built: dict[str, tuple[str, tuple[Any, ...]]] = field(default_factory=dict)

    def __call__(self, **values: object) -> "Condition":
        """The condition with these values, as an expression to filter by."""
        return Condition(self, tuple(values.items()))

    def built(self, key: Col, connection: BaseDatabaseWrapper) -> tuple[str, tuple]:
        """SQL with a sign for the rows' own table, and parameters with names for values."""
        built = self._built.get(connection.alias)
        if built is None:
            built = self._built[connection.alias] = self._build(key, connection)
        return built

    def _build(self, key: Col, connection: BaseDatabaseWrapper) -> tuple[str, tuple]:
        model = key.target.model
        query = Query(model)
        marks = {name: _MARKS[kind][0] for name, kind in self.kinds.items()}
        query.add_q(self.write(model, **marks))
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.compile(query.where)
        table = connection.ops.quote_name(model._meta.db_table)
        names = {
            _adapted(_MARKS[k][0], k, connection): n for n, k in self.kinds.items()
        }
        if len(names) < len(self.kinds):
            raise ValueError("a rule takes one value of each kind")
        if sum(map(bool, query.alias_refcount.values())) > 1:
            raise ValueError("a rule joins no table")
        slots = tuple(_Slot(names[each]) if each in names else each for each in params)
        return sql.replace(f"{table}.", _OWN_TABLE), slots


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


def _adapted(value: object, kind: type, connection: BaseDatabaseWrapper) -> Any:
    """A value as a parameter of this database."""
    return _MARKS[kind][1].get_db_prep_value(value, connection)


class Condition(Expression):
    """One use of a rule, wherever its table stands in a query."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, rule: Rule, values: tuple[tuple[str, object], ...]) -> None:
        super().__init__()
        self.rule, self.values = rule, values
        self.key: Any = F("pk")  # a column of the rows, once the query knows its tables

    def get_source_expressions(self) -> list[Any]:
        return [self.key]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self.key,) = exprs

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        sql, slots = self.rule.built(self.key, connection)
        values = {
            name: _adapted(value, self.rule.kinds[name], connection)
            for name, value in self.values
        }
        params = tuple(values[p.name] if isinstance(p, _Slot) else p for p in slots)
        own = compiler.quote_name_unless_alias(self.key.alias)
        return sql.replace(_OWN_TABLE, f"{own}."), params


class Among(Expression):
    """The rows with these keys, however many: a few hundred parameters cost Django more
    than the database, so that the numbers stand in the statement itself."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__()
        self.numbers = ", ".join([str(int(key)) for key in keys])
        self.key: Any = F("pk")

    def get_source_expressions(self) -> list[Any]:
        return [self.key]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self.key,) = exprs

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        if not self.numbers:
            raise EmptyResultSet
        sql, params = compiler.compile(self.key)
        return f"{sql} IN ({self.numbers})", tuple(params)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """As one parameter: the statement stays the same, and SQLite keeps it."""
        sql, params = self.as_sql(compiler, connection)
        keys = "(SELECT value FROM json_each(%s))"
        return sql.removesuffix(f"({self.numbers})") + keys, (
            *params,
            f"[{self.numbers}]",
        )


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Plain columns, numbers and words, of the rows that belong to some keys.

    ``write`` gets the keys and a language and answers with a ``values_list``; it is
    called once for each number of keys and language.
    """

    write: Callable[[Sequence[int], str], QuerySet[Any, Any]]
    _built: dict[tuple[str, int, str], tuple[str, tuple[Any, ...]]] = field(
        default_factory=dict
    )

    def __call__(self, keys: Sequence[int], language: str) -> list[tuple[Any, ...]]:
        """The rows, in no order; one query for a hundred keys."""
        rows: list[tuple[Any, ...]] = []
        for start in range(0, len(keys), _SIZES[-1]):
            asked = list(keys[start : start + _SIZES[-1]])
            size = next(size for size in _SIZES if size >= len(asked))
            sql, places = self.built(size, language)
            asked += asked[-1:] * (size - len(asked))
            params = [asked[p.place] if isinstance(p, _Place) else p for p in places]
            with default_connection.cursor() as cursor:
                cursor.execute(sql, params)
                rows += cursor.fetchall()
        return rows

    def built(self, size: int, language: str) -> tuple[str, tuple[Any, ...]]:
        """SQL, and its parameters with places of keys."""
        name = (default_connection.alias, size, language)
        if name not in self._built:
            marks = [_MARKS[int][0] - place for place in range(size)]
            sql, params = self.write(marks, language).order_by().query.sql_with_params()
            places = {mark: _Place(place) for place, mark in enumerate(marks)}
            self._built[name] = (sql, tuple(places.get(p, p) for p in params))
        return self._built[name]


@dataclass(frozen=True, slots=True)
class _Place:
    place: int


@dataclass(frozen=True, slots=True, eq=False)
class Row(Generic[M]):
    """One whole row by one key, with the lock that `write` asks for.

    ``write`` gets the key and answers with a query that follows no relation; it is
    called once for each database.
    """

    write: Callable[[int], QuerySet[M]]
    _built: dict[str, "_BuiltRow"] = field(default_factory=dict)

    def __call__(self, key: int) -> M:
        """The row; `DoesNotExist` where there is none."""
        alias = default_connection.alias
        built = self._built.get(alias)
        if built is None:
            built = self._built[alias] = self._build()
        if built.locks and default_connection.get_autocommit():
            raise TransactionManagementError("a row is locked inside a transaction")
        with default_connection.cursor() as cursor:
            cursor.execute(
                built.sql, [key if isinstance(p, _Place) else p for p in built.params]
            )
            found = cursor.fetchone()
        if found is None:
            raise built.model.DoesNotExist
        values = list(found)
        for place, (converters, column) in built.converters.items():
            for convert in converters:
                values[place] = convert(values[place], column, default_connection)
        row: M = built.model.from_db(alias, built.names, values)
        return row

    def _build(self) -> "_BuiltRow":
        mark = _MARKS[int][0]
        query = self.write(mark).order_by().query
        compiler = query.get_compiler(connection=default_connection)
        sql, params = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        return _BuiltRow(
            model=query.model,
            sql=sql,
            params=tuple(_Place(0) if p == mark else p for p in params),
            names=[column.target.attname for column in columns],
            converters=compiler.get_converters(columns),
            locks=query.select_for_update
            and default_connection.features.has_select_for_update,
        )


@dataclass(frozen=True, slots=True)
class _BuiltRow:
    model: Any
    sql: str
    params: tuple[Any, ...]
    names: list[str]
    converters: Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]
    locks: bool
