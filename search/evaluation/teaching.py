"""Learns the two chances from earlier answers, by what was known before each."""

from collections.abc import Iterator, Sequence
from functools import partial
from random import Random

from marketplace.progress import Progress
from search.matching.learned import (
    LEAST_OTHERS,
    MOST_ROWS,
    Example,
    learn,
    others_beside,
    sampled,
)

from .chances import ChoiceList, Judge, Learned, known_parties
from .histories import Deal, Past
from .parties import Parties
from .pools import MatchingInput
from .start_weights import StartWeights

SHARE_OF_PAST = 0.6
"""Of the earlier answers, the older part makes the histories that explain the rest."""
MOST_EXAMPLES = MOST_ROWS // (LEAST_OTHERS + 1)
KINDS = (False, True)
SEED = partial(Random, 0)
YES_WEIGHED, OTHERS_WEIGHED = 250, 15
"""Yes answers, and others beside each, that say how much each direction tells."""


def judge_of(given: MatchingInput, parties: Parties, progress: Progress) -> Judge:
    """Start weights, or what the earlier answers teach."""
    deals = sorted(
        (left, right)
        for left, grades in given.learn.items()
        for right, grade in grades.items()
        if grade >= 1
    )
    if not deals:
        return StartWeights(parties)
    # Those of one date, or of none, by chance: by id a mandate's would stay together,
    # and the later ones would be answers of parties that have no past.
    SEED().shuffle(deals)
    deals.sort(key=lambda deal: _when(parties, deal))
    cut = max(1, int(SHARE_OF_PAST * len(deals)))
    early = Past(parties, deals[:cut])
    early_rights = frozenset(right for _, right in deals[:cut])
    some = sampled(deals[cut:] or deals, MOST_EXAMPLES, SEED())
    rights = [
        name for name in known_parties(parties, given)[1] if name not in early_rights
    ]
    lists = _lists(given, some, rights)
    there, back = (learn(_examples(early, lists, kind, progress)) for kind in KINDS)
    # How much each direction tells is found on later answers too, by what was before.
    trial = Learned(early, there, back, given)
    weighed = [
        (is_back, name, others[: 1 + OTHERS_WEIGHED])
        for both in sampled(_in_twos(lists), YES_WEIGHED, SEED())
        for is_back, name, others in both
    ]
    told = progress.over(weighed, "weighing both ways", len(weighed))
    trial.weigh(told, rights)
    judge = Learned(Past(parties, deals), there, back, given)
    judge.own_share = trial.own_share
    return judge


def _when(parties: Parties, deal: Deal) -> float:
    published = parties[deal[1]].entry.published
    return published.timestamp() if published else 0.0


def _lists(
    given: MatchingInput, deals: Sequence[Deal], rights: Sequence[str]
) -> list[ChoiceList]:
    """For each yes the two lists it was chosen from, itself first.

    Listings that somebody had chosen before are not among ``rights``: they were no
    candidates then, as they are none in the pools that are judged.
    """
    lefts = sorted(given.learn)
    chance, count = SEED(), others_beside(len(deals))
    lists: list[ChoiceList] = []
    for left, right in deals:
        others = [
            name
            for name in sampled(rights, 2 * count, chance)
            if name != right and given.may_meet(left, name)
        ]
        askers = [
            name
            for name in sampled(lefts, 2 * count, chance)
            if name != left and given.may_meet(name, right)
        ]
        lists.append((False, left, [right, *others[:count]]))
        lists.append((True, right, [left, *askers[:count]]))
    return lists


def _in_twos(lists: Sequence[ChoiceList]) -> list[tuple[ChoiceList, ChoiceList]]:
    """The two lists of each yes together."""
    return list(zip(lists[::2], lists[1::2], strict=True))


def _examples(
    past: Past, lists: Sequence[ChoiceList], kind: bool, progress: Progress
) -> Iterator[Example]:
    wanted = [(name, others) for is_back, name, others in lists if is_back == kind]
    for number, (name, others) in enumerate(wanted, 1):
        pairs = [(other, name) if kind else (name, other) for other in others]
        rows = [
            past.basics(name, o) + past.shared(*pair)
            for o, pair in zip(others, pairs, strict=True)
        ]
        yield Example(rows[0], rows[1:])
        progress.tell("learning from earlier answers", number, len(wanted))
