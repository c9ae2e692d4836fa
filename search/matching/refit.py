"""Weights fitted to what became of matches, pulled to the hand-set ones.

Whoever read a list and asked for a meeting wanted that listing, and not the others it
was shown; whoever was asked said yes, no, or nothing, which counts for little. Listings
alone are looked at, never persons. Yes and no weigh the same altogether.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log

from django.db import transaction
from django.utils import timezone

from search.matching.features import Features, compare
from search.matching.logistic import chance_of, fit
from search.matching.profiles import Bench
from search.matching.ranking import HAND_SET, Weighing
from search.matching.weighing import forget_weighing
from search.models import CuratedMatch, IndexedListing, MatchEvent, MatchWeights

LEAST_ANSWERS = 300
MOST_EVENTS = 20_000
PULL = 4.0
SILENCE = 0.3
KEPT_BACK = 5
"""One pair of so many is left out of the trial and judges it."""
ASKED = [MatchEvent.Kind.REQUESTED]
ANSWERS: Mapping[str, tuple[int, float]] = {
    MatchEvent.Kind.ACCEPTED: (1, 1.0),
    MatchEvent.Kind.DECLINED: (0, 1.0),
    MatchEvent.Kind.SILENT: (0, SILENCE),
}


class TooFewAnswers(Exception):
    """So few answers would teach chance; ``found`` is how many there are."""

    def __init__(self, found: int) -> None:
        super().__init__(f"{found} answers of the {LEAST_ANSWERS} needed")
        self.found = found


@dataclass(frozen=True, slots=True)
class Example:
    """One listing's word on another: figures, yes or no, and how much it counts."""

    seeker: int
    other: int
    is_yes: int
    weight: float
    features: Features

    @property
    def is_kept_back(self) -> bool:
        digest = blake2b(f"{self.seeker} {self.other}".encode(), digest_size=2)
        return int.from_bytes(digest.digest(), "big") % KEPT_BACK == 0


def refit_weights() -> MatchWeights:
    """A new row with its report, not in force; raises TooFewAnswers."""
    words = _words_of(MatchEvent.objects.order_by("-pk")[:MOST_EVENTS])
    found = balanced(_examples(words))
    if len(found) < LEAST_ANSWERS or len({one.is_yes for one in found}) < 2:
        raise TooFewAnswers(len(found))
    early = [one for one in found if not one.is_kept_back]
    late = [one for one in found if one.is_kept_back]
    weighing = fitted(found)
    return MatchWeights.objects.create(
        base=weighing.base,
        weights=dict(weighing.weights),
        answers=len(found),
        report={
            "kept_back": len(late),
            "hand_set": judged(late, HAND_SET),
            "refitted": judged(late, fitted(early)),
        },
    )


@transaction.atomic
def adopt_weights(row: MatchWeights | None) -> None:
    """Puts weights in force, or the hand-set ones; every pair is scored anew."""
    MatchWeights.objects.filter(adopted_at__isnull=False).update(adopted_at=None)
    if row is not None:
        row.adopted_at = timezone.now()
        row.save(update_fields=["adopted_at"])
    IndexedListing.objects.update(is_matched=False)
    transaction.on_commit(forget_weighing)


def _words_of(events: Iterable[MatchEvent]) -> dict[tuple[int, int], tuple[int, float]]:
    """(who, on whom) → yes or no, and its weight; the newest word counts."""
    words: dict[tuple[int, int], tuple[int, float]] = {}
    shown: set[tuple[int, int]] = set()
    for event in events:
        if event.seeker_id is None:
            continue
        pair = (event.seeker_id, event.shown_id)
        if event.kind in ASKED:
            words.setdefault(pair, (1, 1.0))
        elif event.kind in ANSWERS:
            words.setdefault(pair[::-1], ANSWERS[event.kind])
        elif event.kind == MatchEvent.Kind.SHOWN:
            shown.add(pair)
    for pair in sorted(shown):
        words.setdefault(pair, (0, 1.0))
    return words


def _examples(words: Mapping[tuple[int, int], tuple[int, float]]) -> list[Example]:
    """Those whose two ends are still to be found, with ground for a match."""
    bench = Bench()
    found: list[Example] = []
    # What staff put first was asked for, or not, for other reasons than its figures.
    curated = set(CuratedMatch.objects.values_list("first", "second"))
    for (seeker, other), (is_yes, weight) in sorted(words.items()):
        if (min(seeker, other), max(seeker, other)) in curated:
            continue
        sides = bench.sides_of([seeker, other])
        if len(sides) < 2:
            continue
        need = bench.needs_of([sides[seeker]])[seeker]
        features = compare(need, sides[other].profile)
        if features.has_ground:
            found.append(Example(seeker, other, is_yes, weight, features))
    return found


def balanced(examples: Sequence[Example]) -> list[Example]:
    """The same with the noes weighing as much as the yeses altogether."""
    sums = [sum(one.weight for one in examples if one.is_yes == way) for way in (0, 1)]
    factor = sums[1] / sums[0] if all(sums) else 1.0
    return [
        Example(
            one.seeker,
            one.other,
            one.is_yes,
            one.weight if one.is_yes else one.weight * factor,
            one.features,
        )
        for one in examples
    ]


def fitted(examples: Sequence[Example]) -> Weighing:
    """Weights by these examples: none below zero, and the level of scores kept.

    What speaks for a pair never counts against it. The mean of all logits stays that
    of the hand-set weights, because the bounds for showing a pair are set by them.
    """
    names = list(HAND_SET.weights)
    rows = [[getattr(one.features, name) for name in names] for one in examples]
    answers = [one.is_yes for one in examples]
    weights = [one.weight for one in examples]
    prior = [HAND_SET.base, *HAND_SET.weights.values()]
    _, *found = fit(rows, answers, weights, prior, PULL)
    kept = {name: max(0.0, weight) for name, weight in zip(names, found, strict=True)}
    new = Weighing(0, 0.0, kept)
    level = [HAND_SET.logit(one.features) - new.logit(one.features) for one in examples]
    return Weighing(0, sum(level) / max(len(level), 1), kept)


def judged(examples: Sequence[Example], weighing: Weighing) -> dict[str, float]:
    """How well weights tell yes from no: mean log loss, and the share of pairs of a yes
    and a no that stand in the right order (0.5 is chance)."""
    logits = [weighing.logit(one.features) for one in examples]
    yes = [x for x, one in zip(logits, examples, strict=True) if one.is_yes]
    no = [x for x, one in zip(logits, examples, strict=True) if not one.is_yes]
    right = sum((x > y) + 0.5 * (x == y) for x in yes for y in no)
    heft = sum(one.weight for one in examples)
    loss = -sum(
        one.weight * log(chance_of(x if one.is_yes else -x))
        for x, one in zip(logits, examples, strict=True)
    )
    return {
        "log_loss": loss / heft if heft else 0.0,
        "in_order": right / (len(yes) * len(no)) if yes and no else 0.5,
    }
