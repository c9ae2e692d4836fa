"""The engine on an Elasticsearch cluster: an alias, versioned indices behind it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any
from uuid import uuid4

from search.documents import ListingDocument
from search.engines.base import EngineHealth, Results
from search.exceptions import EngineUnavailable
from search.queries import Query

from . import mapping
from .cluster import LOOKING, WRITING, client_for, unavailable, within
from .question import ids_in, question
from .writing import (
    OLDER_LOSES,
    ONLY_NEWER,
    Line,
    check,
    lines_for,
    lines_without,
)

_BATCH = 500
_BATCH_OF_REBUILD = 1_000
_PAGE = 10_000
_SLACK = 0.05
"""Seconds on top of the client's own limit, for an answer that comes in drips."""


class ElasticsearchEngine:
    """Searches the alias ``PREFIX``; a rebuild fills a new index and moves the alias.

    While it does, the new index stands behind ``PREFIX-next`` and is written too.
    ``REFRESH`` makes every write findable at once; for tests only.
    """

    name = "elasticsearch"
    is_remote = True

    def __init__(
        self,
        *,
        URL: str,  # noqa: N803
        PREFIX: str = "listings",  # noqa: N803
        TIMEOUT: float = 0.5,  # noqa: N803
        REFRESH: bool = False,  # noqa: N803
    ) -> None:
        self.live, self.next = PREFIX, f"{PREFIX}-next"
        self.timeout, self.refresh = TIMEOUT, REFRESH
        self.client = client_for(URL, TIMEOUT)
        self.patient = self.client.options(request_timeout=WRITING)
        self.worker = self.client.options(request_timeout=LOOKING * TIMEOUT)

    def put(self, documents: Iterable[ListingDocument]) -> None:
        """Makes documents findable; also in a rebuild that is under way."""
        for batch in _batches(documents, _BATCH):
            lines: list[Line] = []
            for target in self._targets():
                lines += lines_for(batch, target, OLDER_LOSES)
            self._write(lines)

    def remove(self, ids: Iterable[int]) -> None:
        """Takes listings out, by the versions under which they are held."""
        wanted = [str(pk) for pk in ids]
        if not wanted:
            return
        targets = self._targets()
        held: dict[int, int] = {}
        for target in targets:
            for pk, version in self._held(target, wanted):
                held[pk] = max(version, held.get(pk, 0))
        lines: list[Line] = []
        for target in targets:
            lines += lines_without(held, target)
        self._write(lines)

    def search(self, query: Query) -> Results:
        """The best candidates by Lucene's own BM25, or EngineUnavailable in time."""
        if query.is_empty:
            return Results()
        ask = partial(self.client.search, index=self.live, body=question(query))
        with unavailable():
            answer = within(self.timeout + _SLACK, ask)
        return Results(ids_in(answer.body))

    def health(self, *, thorough: bool = False) -> EngineHealth:
        """Whether there is an index of today's form; asks nothing that core lacks."""
        try:
            with unavailable():
                found = self.client.indices.get_mapping(
                    index=self.live, ignore_unavailable=True
                )
                forms = [
                    index["mappings"].get("_meta", {}).get("version")
                    for index in found.values()
                ]
                if forms != [mapping.VERSION]:
                    return EngineHealth(ok=False, is_broken=True, detail="no index")
                counted = self.client.count(index=self.live)["count"]
        except (EngineUnavailable, AttributeError, KeyError, TypeError) as error:
            return EngineHealth(ok=False, detail=f"{type(error).__name__}: {error}")
        return EngineHealth(ok=True, documents=counted)

    def rebuild(self, documents: Iterable[ListingDocument]) -> None:
        """Fills a new index while the old one answers, then moves the alias at once."""
        index = f"{self.live}-{uuid4().hex[:12]}"
        self._abandon(self._behind(self.next))
        with unavailable():
            self.patient.indices.create(
                index=index, aliases={self.next: {}}, **mapping.body()
            )
        try:
            for batch in _batches(documents, _BATCH_OF_REBUILD):
                self._write(lines_for(batch, self.next, ONLY_NEWER))
            self._switch_to(index)
        except BaseException:
            # An answer may be lost after the deed: what is live by now stays.
            if index not in self._behind(self.live):
                self._abandon([index])
            raise

    def versions(self) -> Iterator[tuple[int, int]]:
        """Id and version of every document held."""
        with unavailable():
            self.patient.indices.refresh(index=self.live)
        after: list[Any] = []
        while page := self._page(after):
            for hit in page:
                yield hit["sort"][0], hit["_version"]
            after = page[-1]["sort"]

    def forget(self) -> None:
        """Removes the alias with all that stands behind it."""
        self._abandon([*self._behind(self.live), *self._behind(self.next)])

    def _page(self, after: list[Any]) -> list[dict[str, Any]]:
        with unavailable():
            answer = self.patient.search(
                index=self.live,
                size=_PAGE,
                sort=[{"key": "asc"}],
                version=True,
                source=False,
                stored_fields="_none_",
                track_total_hits=False,
                search_after=after or None,
            )
        return list(answer["hits"]["hits"])

    def _targets(self) -> list[str]:
        """The alias to write to, and that of a rebuild under way.

        Never an index by its own name: a bulk request would make it if it were gone.
        """
        aliases = self._aliases()
        if self.live not in aliases:
            raise EngineUnavailable("no index")
        return [name for name in (self.live, self.next) if name in aliases]

    def _behind(self, alias: str) -> list[str]:
        return self._aliases().get(alias, [])

    def _aliases(self) -> dict[str, list[str]]:
        """The indices behind each alias of ours; a pattern finds none without error."""
        with unavailable():
            answer = self.worker.indices.get_alias(name=f"{self.live}*")
        indices: dict[str, list[str]] = {}
        for index, found in answer.body.items():
            for alias in found["aliases"]:
                indices.setdefault(alias, []).append(index)
        return indices

    def _held(self, target: str, ids: Sequence[str]) -> Iterator[tuple[int, int]]:
        with unavailable():
            answer = self.patient.mget(
                index=target, ids=list(ids), source=False, stored_fields="_none_"
            )
        for row in answer["docs"]:
            if row.get("found"):
                yield int(row["_id"]), row["_version"]

    def _write(self, lines: Sequence[Line]) -> None:
        if not lines:
            return
        with unavailable():
            answer = self.patient.bulk(
                operations=lines, require_alias=True, refresh=self.refresh
            )
        check(answer.body)

    def _switch_to(self, index: str) -> None:
        if self._behind(self.next) != [index]:
            raise EngineUnavailable("another rebuild began meanwhile")
        with unavailable():
            indices = self.patient.indices
            indices.put_settings(index=index, settings={"refresh_interval": "1s"})
            indices.refresh(index=index)
            old = self._behind(self.live)
            indices.update_aliases(
                actions=[
                    {"add": {"index": index, "alias": self.live}},
                    {"remove": {"index": index, "alias": self.next}},
                    *({"remove_index": {"index": name}} for name in old),
                ]
            )

    def _abandon(self, indices: Sequence[str]) -> None:
        with unavailable():
            for name in indices:
                self.patient.indices.delete(index=name, ignore_unavailable=True)


def _batches(
    documents: Iterable[ListingDocument], size: int
) -> Iterator[list[ListingDocument]]:
    remaining = iter(documents)
    while batch := list(islice(remaining, size)):
        yield batch
