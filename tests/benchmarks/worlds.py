"""Three more invented worlds of investors and firms, unlike `deals.py` and each other.

    python tests/benchmarks/worlds.py FOLDER [--world currents] [--firms 4000]
        [--investors 400] [--seed 0]

Whatever ranks well in one world alone has learned that world. Nobody here exists.

``currents``: firms and funds are points in a hidden space, of which labels of no tree
(`mobile`, `w17`), words and places each show a part; funds of one circle follow one
another; half the listings never found anybody and say less of themselves.

``rules``: funds hold hard windows (stages, sums, places, trades by ISIC class) and break
them seldom; abroad they only join late stages; texts say little.

``registers``: see ``registers.py``; what public registers of deals say, and no more.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from math import exp
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from tests.benchmarks.deals import (  # noqa: E402
    DAYS,
    JUDGED_SHARE,
    STAGES,
    USUAL,
    Line,
    World,
    write_collection,
)
from tests.benchmarks.registers import Registers  # noqa: E402

DEPTH = 6
CIRCLES = 12
UNFOUND = 0.5
"""Share of the listings that nobody ever chose."""


class Currents:
    """Points in a hidden space; what is written is drawn from what lies near."""

    def __init__(self, seed: int) -> None:
        self.world = World(seed)
        chance = self.world.chance
        self.labels = {f"w{n}": self.point() for n in range(60)}
        self.vocabulary = {
            f"{chance.choice('bdfgklmnprst')}{chance.choice('aeiou')}"
            f"{chance.choice('bdfgklmnprst')}{n}": self.point()
            for n in range(1_500)
        }
        self.towns = {f"Town {n}": self.point() for n in range(80)}
        self.circles = [self.point() for _ in range(CIRCLES)]

    def point(self, scale: float = 1.0) -> list[float]:
        return [self.world.chance.gauss(0, scale) for _ in range(DEPTH)]

    def near(
        self, at: Sequence[float], things: dict[str, list[float]], count: int
    ) -> list[str]:
        """So many, likelier the nearer; the first of each kind are commoner."""
        weights = [
            exp(1.1 * sum(a * b for a, b in zip(at, point, strict=True)))
            / (place + 3) ** 0.6
            for place, point in enumerate(things.values())
        ]
        picked = self.world.chance.choices(list(things), weights, k=count)
        return list(dict.fromkeys(picked))

    def firm(self, number: int) -> tuple[Line, Line]:
        chance, known = self.world.chance, self.world.known
        at = self.point()
        stage = chance.choices(range(len(STAGES)), (4, 5, 4, 2, 1))[0]
        quality = chance.gauss(0, 1)
        true: Line = {
            "id": f"f-{number:05}",
            "at": at,
            "stage": stage,
            "place": self.near([x / 2 for x in at], self.towns, 1)[0],
            "amount": chance.gauss(USUAL[stage] + 0.2 * quality, 0.4),
            "quality": quality,
            "is_found": quality + chance.gauss(0, 1) > 0,
        }
        told = 1 / (1 + exp(-quality))
        words = self.near(at, self.vocabulary, 3 + int(30 * told * chance.random()))
        line: Line = {
            "id": true["id"],
            "kind": "investment",
            "title": f"{words[0]} {chance.choice(words)}",
            "summary": " ".join(words),
            "language": "en",
            "published_at": "",
        }
        if known(0.85):
            line["sectors"] = self.near(at, self.labels, chance.randint(1, 4))
        if known(0.5 + 0.4 * told):
            line["place"] = true["place"]
        if known(0.4 + 0.4 * told):
            line["stage"] = STAGES[stage]
        if known(0.3 + 0.5 * told):
            line["amount"] = {"min": round(10 ** true["amount"]), "currency": "USD"}
        return true, line

    def investor(self, number: int) -> tuple[Line, Line]:
        chance, known = self.world.chance, self.world.known
        circle = chance.randrange(CIRCLES)
        at = [
            0.6 * c + x
            for c, x in zip(self.circles[circle], self.point(0.8), strict=True)
        ]
        true: Line = {
            "id": f"m-{number:04}",
            "at": at,
            "circle": circle,
            "stage": chance.choices(range(len(STAGES)), (4, 5, 4, 2, 1))[0],
            "width": chance.uniform(0.5, 2.5),
            "towns": set(self.near(at, self.towns, 3)),
            "home": chance.choice((0.0, 0.7, 1.4, 2.1)),
            "zeal": exp(chance.gauss(0, 1.4)),
            "peak": chance.uniform(0, DAYS * 1.2),
        }
        line: Line = {
            "id": true["id"],
            "title": f"Fund {self.near(at, self.vocabulary, 1)[0]}",
        }
        if known(0.4):
            line["places"] = sorted(true["towns"])[:1]
        if known(0.3):
            line["text"] = " ".join(self.near(at, self.vocabulary, 8))
        return true, line

    def wants(self, one: Line, other: Line, day: float) -> float:
        if not other["is_found"]:
            return 0.0
        near = sum(a * b for a, b in zip(one["at"], other["at"], strict=True))
        leaning = 0.9 * near + one["home"] * (other["place"] in one["towns"])
        leaning -= abs(one["stage"] - other["stage"]) / one["width"]
        age = abs(day - one["peak"]) / 700
        return float(one["zeal"] * exp(leaning - age))

    def together(self, one: Line, other: Line) -> float:
        return 5.0 if one["circle"] == other["circle"] else 1.0


class Rules:
    """Windows that are open or shut."""

    def __init__(self, seed: int) -> None:
        self.world = World(seed + 1_000)
        self.trades = self.world.trades
        self.places = self.world.places

    def firm(self, number: int) -> tuple[Line, Line]:
        world, chance = self.world, self.world.chance
        trade = world.zipf(self.trades, 0.6)
        stage = chance.choices(range(len(STAGES)), (5, 5, 4, 3, 2))[0]
        true: Line = {
            "id": f"f-{number:05}",
            "trade": trade,
            "place": world.zipf(self.places, 1.0),
            "stage": stage,
            "amount": chance.gauss(USUAL[stage], 0.3),
            "is_found": world.known(0.7),
        }
        language = chance.choices(("en", "he", "ar"), (4, 3, 3))[0]
        line: Line = {
            "id": true["id"],
            "kind": "investment",
            "title": world.text(language, [trade], 0) or f"Firm {number}",
            "summary": world.text(language, [trade], 2),
            "language": language,
        }
        if world.known(0.9):
            line["sectors"] = [trade]
        if world.known(0.85):
            line["place"] = true["place"]
        if world.known(0.8):
            line["stage"] = STAGES[stage]
        if world.known(0.6):
            low = 10 ** true["amount"]
            line["amount"] = {
                "min": round(low),
                "max": round(2 * low),
                "currency": "USD",
            }
        return true, line

    def investor(self, number: int) -> tuple[Line, Line]:
        world, chance = self.world, self.world.chance
        first = chance.randrange(len(STAGES))
        stages = set(range(first, min(len(STAGES), first + chance.randint(1, 3))))
        middle = USUAL[first] + chance.gauss(0.1, 0.3)
        divisions = {
            world.zipf(self.trades, 0.4)[:2] for _ in range(chance.randint(1, 6))
        }
        true: Line = {
            "id": f"m-{number:04}",
            "divisions": divisions,
            "places": {
                world.zipf(self.places, 1.0) for _ in range(chance.randint(1, 3))
            },
            "stages": stages,
            "sums": (middle - 0.5, middle + 0.9),
            "zeal": exp(chance.gauss(0, 1.3)),
            "peak": chance.uniform(0, DAYS * 1.4),
        }
        line: Line = {"id": true["id"], "title": f"Fund {number}"}
        if world.known(0.25):
            line["sectors"] = sorted(divisions)[:2]
        if world.known(0.25):
            line["stages"] = [STAGES[stage] for stage in sorted(stages)]
        return true, line

    def wants(self, one: Line, other: Line, day: float) -> float:
        if not other["is_found"]:
            return 0.0
        is_home = other["place"] in one["places"]
        is_late = other["stage"] >= 2
        low, high = one["sums"]
        open_ = (
            (1.0 if other["trade"][:2] in one["divisions"] else 0.02)
            * (1.0 if is_home else 0.3 if is_late else 0.03)
            * (1.0 if other["stage"] in one["stages"] else 0.05)
            * (1.0 if low <= other["amount"] <= high else 0.1)
        )
        return float(one["zeal"] * open_ * exp(-abs(day - one["peak"]) / 800))

    def together(self, one: Line, other: Line) -> float:
        return 2.0 if one["divisions"] & other["divisions"] else 1.0


WORLDS = {"currents": Currents, "registers": Registers, "rules": Rules}


def write(folder: Path, name: str, firms: int, investors: int, seed: int = 0) -> None:
    """The files ``invest-*``; the last of the found listings are the judged ones."""
    made = WORLDS[name](seed)
    both = [made.firm(number) for number in range(firms)]
    asked = [made.investor(number) for number in range(investors)]
    found: list[tuple[str, str]] = []
    for number, (true, line) in enumerate(both):
        day = DAYS * number / max(firms, 1)
        line["published_at"] = made.world.moment(day)
        found += deals_of(made, true, [one for one, _ in asked], day)
    late = {true["id"] for true, _ in both[int((1 - JUDGED_SHARE) * firms) :]}
    write_collection(
        folder, [line for _, line in both], [line for _, line in asked], found, late
    )


def deals_of(
    made: Currents | Registers | Rules,
    firm: Line,
    investors: Sequence[Line],
    day: float,
) -> list[tuple[str, str]]:
    """Up to four investors of a firm; those near the first join oftener."""
    weights = [made.wants(one, firm, day) for one in investors]
    if not any(weights):
        return []
    first = made.world.chance.choices(investors, weights)[0]
    names = [first["id"]]
    for _ in range(made.world.chance.choice((0, 0, 1, 1, 2, 3))):
        near = [
            weight * made.together(first, one)
            for weight, one in zip(weights, investors, strict=True)
        ]
        names.append(made.world.chance.choices(investors, near)[0]["id"])
    return [(name, firm["id"]) for name in dict.fromkeys(names)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--world", choices=sorted(WORLDS), default="currents")
    parser.add_argument("--firms", type=int, default=4_000)
    parser.add_argument("--investors", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    write(options.folder, options.world, options.firms, options.investors, options.seed)


if __name__ == "__main__":
    main()
