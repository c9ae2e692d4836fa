"""The real Elasticsearch that tests ask, named by ``ELASTICSEARCH_URL``."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest

from search.engines.elasticsearch.engine import ElasticsearchEngine

HOW = (
    "ELASTICSEARCH_URL names no server. `tests/search/engines/server.sh start` fetches "
    "one (needs Java 17 and Maven) and prints its address; any 8.x will do."
)


def server_url() -> str:
    """The server's address; skips the test without one, or fails it in CI."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if url:
        return url
    if os.environ.get("CI") == "true":
        pytest.fail(HOW)
    pytest.skip(HOW)


def scratch_engine(**options: object) -> Iterator[ElasticsearchEngine]:
    """An empty index under a prefix of its own, removed afterwards."""
    engine = ElasticsearchEngine(
        URL=server_url(),
        PREFIX=f"test-{uuid4().hex[:10]}",
        **{"REFRESH": True} | options,
    )
    engine.rebuild([])
    yield engine
    engine.forget()
