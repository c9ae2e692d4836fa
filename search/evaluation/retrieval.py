"""Figures of retrieval over a collection, altogether and by pair of languages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from marketplace.progress import QUIET, Progress
from search.analysis import VERSION

from .collection import Collection, Text
from .metrics import grades_in_order, mean, ndcg, percentile, recall, reciprocal_rank
from .scratch import ScratchIndex

Ranking = list[tuple[str, float]]
Figures = dict[str, float | int | str]


@dataclass(slots=True)
class _Values:
    """One list of values a figure, one value a query."""

    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def judge(self, ranking: Ranking, judged: Mapping[str, int]) -> None:
        """Adds one query; without a relevant document it says nothing."""
        if not any(grade >= 1 for grade in judged.values()):
            return
        grades = grades_in_order(ranking, judged)
        all_grades = list(judged.values())
        self.values["mrr@10"].append(reciprocal_rank(grades, 10))
        for cut in (1, 10, 100):
            self.values[f"recall@{cut}"].append(recall(grades, all_grades, cut))
        self.values["ndcg@10"].append(ndcg(grades, all_grades, 10))

    def means(self, prefix: str = "") -> Figures:
        return {f"{prefix}{name}": mean(values) for name, values in self.values.items()}


def evaluate_retrieval(
    collection: Collection, index: ScratchIndex, progress: Progress = QUIET
) -> Figures:
    """Indexes the documents, asks every query, returns the figures by name.

    Times are milliseconds a query. Pairs are named ``query-document.figure``; there
    only documents of that language are ranked.
    """
    index.fill([document.whole for document in collection.documents], progress)
    overall, pairs = _Values(), defaultdict[tuple[str, str], _Values](_Values)
    whole: list[float] = []
    candidates: list[float] = []
    languages = {text.id: text.language for text in collection.documents}
    queries = collection.queries
    for query in progress.over(queries, "asking", len(queries)):
        judged = collection.judgements.get(query.id, {})
        began = perf_counter()
        results = index.search(query.whole)
        whole.append(1000 * (perf_counter() - began))
        candidates.append(index.engine.milliseconds)
        ranking = [
            (collection.documents[scored.id].id, scored.score)
            for scored in results.found
        ]
        overall.judge(ranking, judged)
        _judge_pairs(pairs, query, ranking, judged, languages)
    return {
        "engine": index.engine.name,
        "analyser": VERSION,
        "documents": len(collection.documents),
        "queries": len(collection.queries),
        **overall.means(),
        **_times("ms", whole),
        **_times("ms_candidates", candidates),
        **{
            name: value
            for (asked, answered), values in sorted(pairs.items())
            for name, value in values.means(f"{asked}-{answered}.").items()
        },
    }


def _judge_pairs(
    pairs: Mapping[tuple[str, str], _Values],
    query: Text,
    ranking: Ranking,
    judged: Mapping[str, int],
    languages: Mapping[str, str],
) -> None:
    if not query.language:
        return
    for language in {languages.get(name, "") for name in judged} - {""}:
        pairs[query.language, language].judge(
            [item for item in ranking if languages[item[0]] == language],
            {
                name: grade
                for name, grade in judged.items()
                if languages.get(name) == language
            },
        )


def _times(name: str, values: Sequence[float]) -> Figures:
    return {
        f"{name}_p50": percentile(values, 0.5),
        f"{name}_p95": percentile(values, 0.95),
    }
