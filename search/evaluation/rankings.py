"""Lists for every first column and for every listing judged, best first.

A long pool is not compared whole: the engine names whom words and codes lead to, a
quick guess names the rest, and only these are compared exactly, as on the site.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Any

from marketplace.progress import Progress
from search.matching.features import Profile, money_fit

from .chances import Chances, Judge
from .parties import Parties
from .pools import MatchingInput

COMPARED_WHOLE = 800
"""A pool up to this size is compared whole; of a larger one as many at most."""
LEAST_COMPARED = 120
MOST_PAIRS = 600_000
"""Pairs compared altogether each way, a tenth of a millisecond each: of many lists
fewer are compared a list, but no fewer than `LEAST_COMPARED`."""
NOT_ASKED = 0.5
Ranking = list[tuple[str, float]]


@dataclass
class Rankings:
    """Rankings by R and by p alone, ``{who asks: [(id, score), …]}``, best first."""

    forward: dict[str, Ranking] = field(default_factory=dict)
    backward: dict[str, Ranking] = field(default_factory=dict)
    forward_one_sided: dict[str, Ranking] = field(default_factory=dict)
    backward_one_sided: dict[str, Ranking] = field(default_factory=dict)


def rankings_of(
    given: MatchingInput, parties: Parties, judge: Judge, progress: Progress
) -> Rankings:
    """Ranks every pool of the judgements in both directions."""
    forward, backward = _shortlists(given, parties, judge, progress)
    there, back = _chances(given, judge, forward, backward, progress)
    rankings = Rankings()
    for left, rights in forward.items():
        pairs = [(left, right) for right in rights]
        rankings.forward[left] = _by(
            {pair[1]: _score(judge, pair, there, back, False) for pair in pairs}
        )
        rankings.forward_one_sided[left] = _by(
            {right: abs(there[left][right]) for right in rights}
        )
    for right, lefts in backward.items():
        pairs = [(left, right) for left in lefts]
        rankings.backward[right] = _by(
            {pair[0]: _score(judge, pair, there, back, True) for pair in pairs}
        )
        rankings.backward_one_sided[right] = _by(
            {left: abs(back[right][left]) for left in lefts}
        )
    return rankings


Named = dict[str, list[str]]


def _shortlists(
    given: MatchingInput, parties: Parties, judge: Judge, progress: Progress
) -> tuple[Named, Named]:
    forward: Named = {}
    most = _compared(len(given.judged))
    for number, left in enumerate(given.judged, 1):
        pool = given.pool_of(left)
        if len(pool) > most:
            quick = judge.quick_there(left, pool)
            pool = _shortest(pool, quick, parties.named_for(left), most)
        forward[left] = [right for right in pool if admits(parties, left, right)]
        progress.tell("naming candidates", number, len(given.judged))
    backward: Named = {}
    asked = sorted(
        {
            right
            for left, grades in given.judged.items()
            for right, grade in grades.items()
            if grade >= 1 and given.may_meet(left, right)
        }
    )
    most = _compared(len(asked))
    for number, right in enumerate(asked, 1):
        pool = given.pool_for(right)
        if len(pool) > most:
            quick = judge.quick_back(right, pool)
            named = parties.named_for(right, mandates=True)
            pool = _shortest(pool, quick, named, most)
        backward[right] = [left for left in pool if admits(parties, left, right)]
        progress.tell("naming candidates, other way", number, len(asked))
    return forward, backward


def _compared(lists: int) -> int:
    """How many of a pool are compared exactly, where there are so many lists."""
    return min(COMPARED_WHOLE, max(LEAST_COMPARED, MOST_PAIRS // max(lists, 1)))


def _shortest(
    pool: Sequence[str], quick: Mapping[str, float], named: Sequence[str], most: int
) -> list[str]:
    """The best by the quick guess, and whom the engine names, up to the limit.

    Where the engine names few, the quick guess fills up, or else the pool as it is.
    """
    within = set(pool)
    ordered = nlargest(most, pool, key=quick.__getitem__) if quick else []
    named = [name for name in named if name in within]
    kept = dict.fromkeys((*ordered[: most // 2], *named, *ordered, *pool))
    return list(kept)[:most]


def _chances(
    given: MatchingInput,
    judge: Judge,
    forward: Named,
    backward: Named,
    progress: Progress,
) -> tuple[dict[str, Chances], dict[str, Chances]]:
    """Both chances of every pair on any list, by who is asked first in each."""
    asks_back = judge.looks_both_ways(is_back=False)
    asks_there = judge.looks_both_ways(is_back=True)
    lefts = _joined(forward, _turned(backward) if asks_there else {})
    there: dict[str, Chances] = {}
    for number, (left, rights) in enumerate(lefts.items(), 1):
        pool = given.pool_of(left) or rights
        there[left] = judge.there(left, rights, pool) if rights else {}
        progress.tell("comparing", number, len(lefts))
    rights_asked = _joined(backward, _turned(forward) if asks_back else {})
    back: dict[str, Chances] = {}
    for number, (right, asked) in enumerate(rights_asked.items(), 1):
        pool = given.pool_for(right) or asked
        back[right] = judge.back(right, asked, pool) if asked else {}
        progress.tell("comparing, other way", number, len(rights_asked))
    return there, back


def _turned(named: Named) -> Named:
    turned: Named = defaultdict(list)
    for one, others in named.items():
        for other in others:
            turned[other].append(one)
    return turned


def _joined(one: Named, other: Named) -> Named:
    return {
        name: list(dict.fromkeys((*one.get(name, ()), *other.get(name, ()))))
        for name in {**one, **other}
    }


def _score(
    judge: Judge,
    pair: tuple[str, str],
    there: Mapping[str, Chances],
    back: Mapping[str, Chances],
    is_back: bool,
) -> float:
    left, right = pair
    # Where one's own chance says all, the other's was not asked for.
    return judge.score(
        left,
        right,
        there.get(left, {}).get(right, NOT_ASKED),
        back.get(right, {}).get(left, NOT_ASKED),
        is_back=is_back,
    )


def _by(scores: Mapping[str, float]) -> Ranking:
    """Best first; equal scores stand by id, and the metrics count them against us."""
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def admits(parties: Parties, left: str, right: str) -> bool:
    """Whether a mandate's sides, kinds and musts let a listing through.

    What the listing does not say breaks no must.
    """
    mandate, listing = parties[left].entry, parties[right].entry
    if not mandate.is_mandate:
        return True
    if mandate.sides and listing.sides and not mandate.sides & listing.sides:
        return False
    if mandate.kinds and not mandate.kinds & listing.kinds:
        return False
    return all(
        _met(parties, name, left, right) for name in mandate.must & _CHECKS.keys()
    )


def _met(parties: Parties, name: str, left: str, right: str) -> bool:
    wanted, offered = (_CHECKS[name](parties[which].profile) for which in (left, right))
    if not wanted or not offered:
        return True
    if name == "amount":
        return bool(money_fit(wanted, offered))
    return bool(wanted & offered)


_CHECKS: Mapping[str, Callable[[Profile], Any]] = {
    "amount": lambda profile: profile.amounts,
    "places": lambda profile: profile.all_places,
    "stages": lambda profile: profile.all_stages,
    "languages": lambda profile: profile.languages,
}
