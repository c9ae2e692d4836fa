"""A query as Elasticsearch understands it, and the ids in its answer."""

from collections.abc import Iterable, Sequence
from typing import Any

from elasticsearch_dsl import Q, Search
from elasticsearch_dsl.query import Query as Clause

from search.exceptions import EngineUnavailable
from search.needs import Side
from search.queries import Query

CODE_WEIGHT = 2.0
PATIENCE = "400ms"
"""After that the server is to answer with what it has; we then ask another engine."""
_FIELDS = {
    Side.OFFERS: (("terms", "codes"),),
    Side.NEEDS: (("need_terms", "need_codes"),),
    Side.BOTH: (("terms", "codes"), ("need_terms", "need_codes")),
}


def question(query: Query) -> dict[str, Any]:
    """The body of a search: best ids first, from doc values, nothing else."""
    gate = [Q("terms", gate=list(query.gates))] if query.gates else []
    asked = Q("bool", filter=gate, must=[_asked(query)])
    search = (
        Search()
        .query(asked)
        .extra(
            size=query.limit,
            track_total_hits=False,
            _source=False,
            stored_fields="_none_",
            docvalue_fields=["key"],
            timeout=PATIENCE,
        )
    )
    return dict(search.to_dict())


def _asked(query: Query) -> Clause:
    sides = [
        _any_of(
            [
                *([_words(terms, query.terms)] if query.terms else []),
                *(_code(codes, code) for code in query.codes),
            ]
        )
        for terms, codes in _FIELDS[query.side]
    ]
    # The better of a listing's two texts counts, as in the exact score.
    return sides[0] if len(sides) == 1 else Q("dis_max", queries=sides)


def _words(field: str, terms: Iterable[str]) -> Clause:
    return Q("match", **{field: {"query": " ".join(terms), "operator": "or"}})


def _code(field: str, code: str) -> Clause:
    return Q("term", **{field: {"value": code, "boost": CODE_WEIGHT}})


def _any_of(clauses: Sequence[Clause]) -> Clause:
    return Q("bool", should=list(clauses), minimum_should_match=1)


def ids_in(answer: object) -> tuple[int, ...]:
    """The ids of a whole answer; raises EngineUnavailable for anything less.

    An answer cut inside its headers arrives as status 200 without a body, one that
    ran out of time as an ordinary answer with some of the hits.
    """
    if not isinstance(answer, dict):
        raise EngineUnavailable("the answer has no body")
    try:
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise EngineUnavailable("the answer is not whole")
        return tuple(hit["fields"]["key"][0] for hit in answer["hits"]["hits"])
    except (KeyError, TypeError, IndexError) as error:
        raise EngineUnavailable("the answer has another shape") from error
