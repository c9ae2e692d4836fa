"""What an index holds: our own terms, split at blanks, and a key to come back with.

No language analyser, script or stored text: what a listing's terms mean was decided
before they came here, and what is not kept cannot be read out.
"""

from typing import Any

from elasticsearch_dsl import Keyword, Long, Mapping, Text

VERSION = 2
"""Raise it with any change below; indices of another version are filled anew."""


def body() -> dict[str, Any]:
    """Mapping and settings of a new index, as the server wants them."""
    return {"mappings": _mapping().to_dict(), "settings": {"index": SETTINGS}}


SETTINGS = {
    # Document frequencies are counted per shard: one shard, one truth, up to a million.
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # Set to the usual second when the index is filled; see the engine.
    "refresh_interval": "-1",
    # After that long, a late older version could bring a removed listing back.
    "gc_deletes": "1h",
    "max_result_window": 100_000,
}


def _mapping() -> Mapping:
    terms = Text(analyzer="whitespace", index_options="freqs")
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    mapping.meta("_source", enabled=False)
    mapping.meta("_meta", version=VERSION)
    mapping.field("key", Long(index=False))
    for name in ("terms", "need_terms"):
        mapping.field(name, terms)
    for name in ("codes", "need_codes", "gate"):
        mapping.field(name, Keyword())
    return mapping
