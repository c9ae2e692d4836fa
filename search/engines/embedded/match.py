"""A query as FTS5 understands it: quoted terms, OR-ed, behind one gate.

Terms hold letters, digits and ``_`` alone, so a quoted term is always one token.
"""

from collections.abc import Iterable

from search.needs import Side
from search.queries import Query

CODE_WEIGHT = 2.0
_WORDS = "SELECT rowid, bm25({table}, 1.0, {weight}, 0.0) AS s FROM {table} WHERE {table} MATCH %s"
_TABLES = {
    Side.OFFERS: ("search_fts",),
    Side.NEEDS: ("search_needs",),
    Side.BOTH: ("search_fts", "search_needs"),
}


def statement(query: Query) -> tuple[str, list[object]]:
    """SQL that gives the ids best first, with its parameters."""
    tables = _TABLES[query.side]
    parts = [_WORDS.format(table=table, weight=CODE_WEIGHT) for table in tables]
    expression = _gated(_words_or_codes(query), query)
    # Smaller is better. Each part is cut by itself, so that a common word cannot make
    # SQLite sort more than it must.
    best = [f"{part} ORDER BY s LIMIT %s" for part in parts]
    if len(best) == 1:
        sql = best[0]
    else:
        both = " UNION ALL ".join(f"SELECT * FROM ({part})" for part in best)  # noqa: S608
        sql = f"SELECT rowid, MIN(s) AS s FROM ({both}) GROUP BY rowid ORDER BY s LIMIT %s"  # noqa: S608
    parameters: list[object] = [expression, query.limit] * len(parts)
    return sql, parameters + [query.limit] * (len(parts) > 1)


def _words_or_codes(query: Query) -> str:
    columns = (("terms", query.terms), ("codes", query.codes))
    return " OR ".join(_any_of(name, terms) for name, terms in columns if terms)


def _gated(expression: str, query: Query) -> str:
    if not query.gates:
        return expression
    return f"({expression}) AND {_any_of('meta', query.gates)}"


def _any_of(column: str, terms: Iterable[str]) -> str:
    return f"{{{column}}}: ({' OR '.join(map(_quoted, terms))})"


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
