"""One of three nodes is killed while the site writes and reads; `make deep` runs it.

Nothing acknowledged is lost, no answer is wrong, and after a few errors, each of which
the site answers from the engine inside, the two that are left do all the work.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.exceptions import EngineUnavailable

from .contract import asking, make_document
from .servers import scratch_engine

SERVER = Path(__file__).with_name("server.sh")
BEFORE, AFTER = 200, 100
PATIENCE = 90.0
"""Seconds in which two nodes have found each other; a minute is much already."""


@pytest.fixture
def engine() -> Iterator[ElasticsearchEngine]:
    yield from scratch_engine(TIMEOUT=5)


def until_it_works(work: Callable[[], object]) -> int:
    """Tries again as the site's worker does; how many times nobody answered."""
    end, failures = monotonic() + PATIENCE, 0
    while True:
        try:
            work()
        except EngineUnavailable:
            failures += 1
            assert monotonic() < end, "the two nodes left do not answer"
            sleep(0.5)
        else:
            return failures


def node_of_the_shard(engine: ElasticsearchEngine) -> str:
    """The number of the node that holds what is written first: the hardest to lose."""
    (shards,) = engine.client.search_shards(index=engine.live)["shards"]
    (primary,) = (shard["node"] for shard in shards if shard["primary"])
    nodes = engine.client.nodes.info(node_id=primary)["nodes"]
    return str(nodes[primary]["name"]).removeprefix("node")


def test_a_killed_node_takes_nothing_along(engine: ElasticsearchEngine):
    engine.client.cluster.health(
        index=engine.live, wait_for_status="green", timeout="60s", request_timeout=70
    )
    engine.put(make_document(number, "bread and salt") for number in range(1, BEFORE))
    killed = node_of_the_shard(engine)

    subprocess.run([SERVER, "kill", killed], check=True, env=os.environ)

    until_it_works(lambda: engine.search(asking("bread")))
    more = [make_document(number, "bread") for number in range(BEFORE, BEFORE + AFTER)]
    until_it_works(lambda: engine.put(more))
    found: set[int] = set()
    for _time in range(30):
        until_it_works(lambda: found.update(number for number, _ in engine.versions()))
        if len(found) == BEFORE + AFTER - 1:
            break
        sleep(0.5)
    assert found == set(range(1, BEFORE + AFTER))
    # The client rests the dead node for a while: whoever asks now meets a living one.
    assert (
        sum(until_it_works(lambda: engine.search(asking("salt"))) for _ in range(20))
        <= 1
    )
    assert engine.health().ok
