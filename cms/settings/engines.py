"""Which engines search: the one inside always, Elasticsearch where the site names it."""

from pathlib import Path
from typing import Any

from environs import Env

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


def search_engine(env: Env, embedded: Configuration) -> Configuration:
    """Elasticsearch at ``ELASTICSEARCH_URL`` before the embedded one, or that alone."""
    url = env.str("ELASTICSEARCH_URL", "")
    if not url:
        return embedded
    return {
        "BACKEND": "search.engines.elasticsearch.engine.ElasticsearchEngine",
        "OPTIONS": {"URL": url, "PREFIX": env.str("ELASTICSEARCH_PREFIX", "listings")},
        "FALLBACK": embedded,
    }
