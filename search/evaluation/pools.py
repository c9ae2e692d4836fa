"""What ``evaluate_matching`` reads, and who may be ranked for whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from .entries import Entry, listing_parser, mandate_parser
from .lines import NoGoodLine, judgement, pair, read_lines

Grades = dict[str, dict[str, int]]


class ContradictoryFiles(Exception):
    """Files that cannot both be right, such as one id for a mandate and a listing."""


@dataclass(frozen=True)
class MatchingInput:
    """The entries by id, and pairs ``left → right → grade`` of known ids.

    ``unknown`` counts lines of judgements, of ``learn`` and of ``exclude`` that name an
    id which neither file of entries holds.
    """

    entries: Mapping[str, Entry]
    judged: Grades
    learn: Grades
    excluded: frozenset[tuple[str, str]]
    unknown: int

    @cached_property
    def judged_right(self) -> frozenset[str]:
        return frozenset(right for grades in self.judged.values() for right in grades)

    @cached_property
    def learnt(self) -> frozenset[str]:
        rights = (right for grades in self.learn.values() for right in grades)
        return frozenset(self.learn) | frozenset(rights)

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        """Listings judged as a second column, and those in neither file."""
        spare = frozenset(self.judged) | self.learnt
        return tuple(
            entry.id
            for entry in self.entries.values()
            if not entry.is_mandate
            and (entry.id in self.judged_right or entry.id not in spare)
        )

    @cached_property
    def askers(self) -> tuple[str, ...]:
        """First columns of the judgements, and mandates in neither file."""
        return tuple(
            entry.id
            for entry in self.entries.values()
            if entry.id in self.judged
            or (entry.is_mandate and entry.id not in self.learnt)
        )

    def pool_of(self, left: str) -> list[str]:
        """Whom a first column may be matched with: not itself, its past, its side."""
        entry = self.entries[left]
        sides = frozenset() if entry.is_mandate else entry.sides
        return _without(self._apart("candidates", sides), self._barred[left] | {left})

    def pool_for(self, right: str) -> list[str]:
        """The same seen from a listing: first columns and mandates in neither file."""
        return _without(
            self._apart("askers", self.entries[right].sides),
            self._barred[right] | {right},
        )

    def may_meet(self, left: str, right: str) -> bool:
        """Whether one pair could be ranked at all."""
        one, other = self.entries[left], self.entries[right]
        apart = one.is_mandate or not (one.sides & other.sides)
        return apart and left != right and right not in self._barred[left]

    @cached_property
    def _barred(self) -> Mapping[str, set[str]]:
        """For each id those it is never ranked with: excluded, or known already."""
        barred: dict[str, set[str]] = defaultdict(set)
        known = (
            (left, right) for left, rights in self.learn.items() for right in rights
        )
        for left, right in (*self.excluded, *known):
            barred[left].add(right)
            barred[right].add(left)
        return barred

    @cached_property
    def _beyond(self) -> dict[tuple[str, frozenset[str]], list[str]]:
        return {}

    def _apart(self, which: str, sides: frozenset[str]) -> list[str]:
        """Those not of these sides; a mandate's sides are those it looks at."""
        if (which, sides) not in self._beyond:
            self._beyond[which, sides] = [
                name
                for name in getattr(self, which)
                if self.entries[name].is_mandate
                or not (self.entries[name].sides & sides)
            ]
        return self._beyond[which, sides]


def _without(names: list[str], barred: set[str]) -> list[str]:
    return [name for name in names if name not in barred]


def read_input(
    listings: Path,
    mandates: Path | None,
    judgements: Path,
    learn: Path | None,
    exclude: Path | None,
    complaints: IO[str],
) -> MatchingInput:
    """Reads all files; raises NoGoodLine, UnreadableFile, ContradictoryFiles, OSError."""
    entries = {
        entry.id: entry for entry in read_lines(listings, listing_parser(), complaints)
    }
    if mandates:
        for entry in read_lines(mandates, mandate_parser(), complaints):
            if entry.id in entries:
                raise ContradictoryFiles(
                    f"{mandates}: {entry.id} is a listing as well as a mandate"
                )
            entries[entry.id] = entry
    judged, unknown_judged = _known(
        read_lines(judgements, judgement, complaints), entries
    )
    learnt, unknown_learnt = (
        _known(read_lines(learn, judgement, complaints), entries)
        if learn
        else (defaultdict(dict), 0)
    )
    pairs = list(read_lines(exclude, pair, complaints)) if exclude else []
    known = frozenset(p for p in pairs if p[0] in entries and p[1] in entries)
    if not judged:
        raise NoGoodLine(f"{judgements} names no pair of known ids")
    return MatchingInput(
        entries,
        judged,
        learnt,
        known,
        unknown_judged + unknown_learnt + sum(p not in known for p in pairs),
    )


def _known(
    lines: Iterable[tuple[str, str, int]], entries: Mapping[str, Entry]
) -> tuple[Grades, int]:
    """Grades of known ids; a right column holds listings only. And how many were not."""
    grades: Grades = defaultdict(dict)
    unknown = 0
    for left, right, grade in lines:
        if left not in entries or right not in entries or entries[right].is_mandate:
            unknown += 1
            continue
        grades[left][right] = max(grade, grades[left].get(right, grade))
    return dict(grades), unknown
