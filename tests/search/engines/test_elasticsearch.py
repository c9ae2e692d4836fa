"""Elasticsearch keeps the engines' promise, and a few of its own; on a real server."""

from collections.abc import Iterator
from random import Random

import pytest

from search.codes import gates
from search.engines.elasticsearch import mapping
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.writing import DocumentRefused
from search.exceptions import EngineUnavailable
from search.queries import Query

from .contract import EngineContract, EngineUnderLoad, asking, make_document
from .servers import scratch_engine

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def engine() -> Iterator[ElasticsearchEngine]:
    # Longer than the site waits: a busy test machine is not what is tested here.
    yield from scratch_engine(TIMEOUT=10)


class TestContract(EngineContract, EngineUnderLoad):
    @pytest.fixture
    def engine(self) -> Iterator[ElasticsearchEngine]:
        yield from scratch_engine(TIMEOUT=10)


def test_nothing_can_be_read_out_of_the_index_but_terms(engine: ElasticsearchEngine):
    engine.put([make_document(1, "bread and salt", offer_codes=("isic_c10",))])
    hits = engine.client.search(index=engine.live)["hits"]["hits"]
    assert "_source" not in hits[0]
    found = engine.client.indices.get_mapping(index=engine.live)
    (index,) = found.values()
    assert index["mappings"]["dynamic"] == "strict"
    assert set(index["mappings"]["properties"]) == {
        *("key", "terms", "need_terms", "codes", "need_codes", "gate")
    }


def test_a_wiped_server_is_broken_and_no_empty_answer(engine: ElasticsearchEngine):
    engine.put([make_document(1, "bread")])
    engine.forget()
    with pytest.raises(EngineUnavailable):
        engine.search(asking("bread"))
    with pytest.raises(EngineUnavailable):
        engine.put([make_document(2, "bread")])
    health = engine.health()
    assert (health.ok, health.is_broken) == (False, True)
    engine.rebuild([make_document(1, "bread")])
    assert engine.search(asking("bread")).ids == (1,)


def test_an_index_of_another_form_is_filled_anew(engine, monkeypatch):
    assert engine.health().ok
    monkeypatch.setattr(mapping, "VERSION", mapping.VERSION + 1)
    assert engine.health().is_broken
    engine.rebuild([])
    assert engine.health().ok


def test_a_rebuild_leaves_one_index_behind_one_alias(engine: ElasticsearchEngine):
    for _ in range(3):
        engine.rebuild([make_document(1, "bread")])
    indices = engine.client.indices.get(index=f"{engine.live}*")
    assert len(indices) == 1


def test_an_aborted_rebuild_leaves_no_index(engine: ElasticsearchEngine):
    def documents():
        yield make_document(1, "bread")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        engine.rebuild(documents())
    assert len(engine.client.indices.get(index=f"{engine.live}*")) == 1


def test_a_removal_during_a_rebuild_survives_the_switch(engine: ElasticsearchEngine):
    engine.put([make_document(1, "bread")])

    def documents():
        late = make_document(1, "bread")
        engine.remove([1])
        yield late

    engine.rebuild(documents())
    assert engine.search(asking("bread")).ids == ()


def test_a_second_rebuild_ends_the_first_and_serves(engine: ElasticsearchEngine):
    def documents():
        engine.rebuild([make_document(2, "bread")])
        yield make_document(1, "bread")

    with pytest.raises(EngineUnavailable):
        engine.rebuild(documents())
    assert engine.search(asking("bread")).ids == (2,)


def test_a_read_only_index_does_not_take_and_says_so(engine: ElasticsearchEngine):
    engine.put([make_document(1, "bread")])
    block = "index.blocks.read_only_allow_delete"
    engine.client.indices.put_settings(index=engine.live, settings={block: True})
    with pytest.raises(EngineUnavailable):
        engine.put([make_document(2, "bread")])
    assert engine.search(asking("bread")).ids == (1,)


def test_a_document_at_fault_is_no_fault_of_the_server(engine: ElasticsearchEngine):
    engine.client.indices.put_mapping(
        index=engine.live, properties={"odd": {"type": "keyword"}}
    )
    too_long = make_document(1, "bread", offer_codes=("x" * 40_000,))
    with pytest.raises(DocumentRefused):
        engine.put([too_long])


def test_thousands_of_terms_pass(engine: ElasticsearchEngine):
    random = Random(3)
    words = [f"w{random.randrange(10**9)}" for _ in range(5_000)]
    engine.put([make_document(1, " ".join(words[:50]))])
    query = Query(terms=tuple(words), gates=gates(("public",), ("offer",), ("il",)))
    assert engine.search(query).ids == (1,)
