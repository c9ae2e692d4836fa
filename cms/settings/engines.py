"""Which engines search: the one inside always, Elasticsearch where the site names it."""

from pathlib import Path
from typing import Any

Configuration = dict[str, Any]


def embedded_engine(database: str, var_dir: Path) -> Configuration:
    """In Django's own file when that is SQLite, else in one beside it.

    Its reserve reads the index rows themselves, slowly, while it is made anew.
    """
    own_file = {"PATH": str(var_dir / "search.sqlite3")}
    return {
        "BACKEND": "search.engines.embedded.engine.EmbeddedEngine",
        "OPTIONS": {} if database.endswith("sqlite3") else own_file,
        "FALLBACK": {"BACKEND": "search.engines.rows.RowsEngine"},
    }


def search_engine(url: str, prefix: str, embedded: Configuration) -> Configuration:
    """Elasticsearch at ``url`` before the embedded one; without a url that alone."""
    if not url:
        return embedded
    return {
        "BACKEND": "search.engines.elasticsearch.engine.ElasticsearchEngine",
        "OPTIONS": {"URL": url, "PREFIX": prefix},
        "FALLBACK": embedded,
    }
