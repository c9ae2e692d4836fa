"""An invented world of investors and firms, in the files ``evaluate_matching`` takes.

    python tests/benchmarks/deals.py FOLDER [--firms 4000] [--investors 400] [--seed 0]

Nobody in it exists. Who finances whom follows tastes that the files show in part only:
of every fact a share is missing, texts name some of what is meant, a few investors make
most of the deals, tastes drift, some go together, and the judged firms are the latest,
so that no earlier answer names them. Pairs of firms across a border follow from which
trades need one another. See README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from marketplace.taxonomy import vocabulary  # noqa: E402

LANGUAGES = ("en", "he", "ar")
STAGES = ("pre_seed", "seed", "series_a", "series_b", "growth")
USUAL = (4.9, 5.6, 6.5, 7.1, 7.6)
"""Decimal logarithms of the usual amount at each stage, in US dollars."""
BEGINNING = datetime(2017, 1, 1, tzinfo=UTC)
DAYS = 3_000
JUDGED_SHARE = 0.2
Line = dict[str, Any]


class World:
    """Trades with their words, places, and the one source of chance."""

    def __init__(self, seed: int = 0) -> None:
        self.chance = Random(seed)
        entries = vocabulary.lexicon().values()
        self.words: dict[str, list[Line]] = defaultdict(list)
        for entry in entries:
            for code in entry["sectors"]:
                self.words[code].append(entry)
        self.plain = [entry for entry in entries if not entry["sectors"]]
        self.trades = sorted(code for code in self.words if len(code) >= 3)
        self.chance.shuffle(self.trades)
        self.places = sorted(vocabulary.places())[:30]

    def zipf(self, things: Sequence[Any], power: float = 0.8) -> Any:
        weights = [1 / (place + 1) ** power for place in range(len(things))]
        return self.chance.choices(things, weights)[0]

    def text(self, language: str, trades: Iterable[str], plain: int) -> str:
        """Words of the trades, each named with a chance of seven in ten, among others."""
        picked: list[Line] = []
        for trade in trades:
            named = self.words[trade]
            picked += self.chance.sample(named, min(2, len(named)))
        picked = [entry for entry in picked if self.chance.random() < 0.7]
        picked += self.chance.choices(self.plain, k=plain)
        self.chance.shuffle(picked)
        words = (entry[f"words_{language}"] for entry in picked)
        return " ".join(self.chance.choice(some) for some in words if some)

    def known(self, share: float) -> bool:
        return self.chance.random() < share

    def moment(self, day: float) -> str:
        return (BEGINNING + timedelta(days=day)).isoformat()


def firm(world: World, number: int) -> tuple[Line, Line]:
    """A firm as it is, and the line of it that is known."""
    chance, trade = world.chance, world.zipf(world.trades)
    stage = chance.choices(range(len(STAGES)), (4, 5, 3, 2, 1))[0]
    true = {
        "id": f"f-{number:05}",
        "trade": trade,
        "place": world.zipf(world.places),
        "stage": stage,
        "amount": chance.gauss(USUAL[stage], 0.35),
        "side": "il" if world.known(0.6) else "ps",
        "draw": chance.gauss(0, 0.5),
    }
    language = world.chance.choices(LANGUAGES, (5, 3, 2))[0]
    line: Line = {
        "id": true["id"],
        "kind": "investment",
        "title": world.text(language, [trade], 1) or f"Firm {number}",
        "summary": world.text(language, [trade, trade], chance.randint(2, 14)),
        "language": language,
        "side": true["side"],
    }
    if world.known(0.7):
        line["sectors"] = [trade[: chance.choice((2, 3, len(trade)))]]
    if world.known(0.75):
        line["place"] = true["place"]
    if world.known(0.6):
        line["stage"] = STAGES[stage]
    if world.known(0.45):
        line["amount"] = {"min": round(10 ** true["amount"]), "currency": "USD"}
    return true, line


def investor(world: World, number: int) -> tuple[Line, Line]:
    """An investor as it is, and the mandate that is known of it."""
    chance = world.chance
    trades = [world.zipf(world.trades, 0.5) for _ in range(chance.randint(1, 5))]
    stage = chance.choices(range(len(STAGES)), (3, 5, 4, 2, 1))[0]
    true = {
        "id": f"m-{number:04}",
        "tastes": trades,
        "later": [world.zipf(world.trades, 0.5) for _ in range(2)],
        "place": world.zipf(world.places),
        "stage": stage,
        "amount": chance.gauss(USUAL[stage], 0.3),
        "zeal": exp(chance.gauss(0, 1.2)),
        "peak": chance.uniform(0, DAYS * 1.3),
    }
    language = world.chance.choices(LANGUAGES, (6, 3, 1))[0]
    line: Line = {
        "id": true["id"],
        "title": world.text(language, trades[:1], 1) or f"Fund {number}",
        "text": world.text(language, trades[:3], chance.randint(2, 10)),
        "language": language,
    }
    if world.known(0.45):
        line["sectors"] = sorted({code[:2] for code in trades[:3]})
    if world.known(0.3):
        line["places"] = [true["place"]]
    if world.known(0.4):
        line["stages"] = [STAGES[stage]]
    if world.known(0.3):
        middle = 10 ** true["amount"]
        line["amount"] = {
            "min": round(middle / 3),
            "max": round(middle * 3),
            "currency": "USD",
        }
    return true, line


def wants(one: Line, other: Line, day: float) -> float:
    """How much an investor wants a firm on a day: e to the sum of its leanings."""
    tastes = one["tastes"] + (one["later"] if day > one["peak"] else [])
    near = max(_nearness(taste, other["trade"]) for taste in tastes)
    age = abs(day - one["peak"]) / 900
    leaning = 2.6 * near + 1.1 * (one["place"] == other["place"])
    leaning -= 0.9 * abs(one["stage"] - other["stage"])
    leaning -= 1.0 * abs(one["amount"] - other["amount"])
    return one["zeal"] * exp(leaning + other["draw"] - age)


def _nearness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return 0.7 if one[:3] == other[:3] else 0.4 if one[:2] == other[:2] else 0.0


def deals(
    world: World, firms: Sequence[Line], investors: Sequence[Line]
) -> list[tuple[str, str]]:
    """Each firm's investors; whoever joined the first before joins it oftener."""
    found: list[tuple[str, str]] = []
    together: dict[str, set[str]] = defaultdict(set)
    for one in firms:
        weights = [wants(other, one, one["day"]) for other in investors]
        names: list[str] = []
        for _ in range(world.chance.choice((1, 1, 2, 3))):
            near = [
                weight * (4 if names and other["id"] in together[names[0]] else 1)
                for weight, other in zip(weights, investors, strict=True)
            ]
            name = world.chance.choices(investors, near)[0]["id"]
            if name not in names:
                names.append(name)
        together[names[0]].update(names[1:])
        found += [(name, one["id"]) for name in names]
    return found


def pairs(world: World, firms: Sequence[Line]) -> list[tuple[str, str]]:
    """Firms on two sides that work together: a trade needs two or three others."""
    needed = {
        trade: [world.zipf(world.trades) for _ in range(3)] for trade in world.trades
    }
    by_trade: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for one in firms:
        by_trade[one["side"], one["trade"]].append(one)
    found: list[tuple[str, str]] = []
    for one in firms:
        if one["side"] != "il" or not world.known(0.5):
            continue
        wanted = needed[one["trade"]] if world.known(0.7) else [one["trade"]]
        others = [other for code in wanted for other in by_trade["ps", code]]
        if others:
            other = world.chance.choices(
                others,
                [
                    exp(one["draw"] + (1.0 if one["place"] == two["place"] else 0))
                    for two in others
                ],
            )[0]
            found.append((one["id"], other["id"]))
    return found


def write(folder: Path, firms: int, investors: int, seed: int = 0) -> None:
    """Both collections: ``invest-*`` and ``border-*``."""
    world = World(seed)
    made = [firm(world, number) for number in range(firms)]
    for number, (true, line) in enumerate(made):
        true["day"] = DAYS * number / max(firms, 1)
        line["published_at"] = world.moment(true["day"])
    asked = [investor(world, number) for number in range(investors)]
    trues = [true for true, _ in made]
    cut = 1 - JUDGED_SHARE
    late = {true["id"] for true in trues[int(cut * firms) :]}
    write_collection(
        folder,
        [line for _, line in made],
        [line for _, line in asked],
        deals(world, trues, [true for true, _ in asked]),
        late,
    )
    offers = [{**line, "kind": "offer"} for _, line in made]
    _lines(folder / "border-listings.jsonl", offers)
    known = pairs(world, trues)
    # Whoever is judged was in no earlier pair: its own past says nothing.
    chosen = {right for _, right in known if world.known(JUDGED_SHARE)}
    chosen |= {left for left, right in known if right in chosen}
    _split(folder, "border", known, chosen)


def write_collection(
    folder: Path,
    listings: Sequence[Line],
    mandates: Sequence[Line],
    known: Sequence[tuple[str, str]],
    late: set[str],
) -> None:
    """One collection ``invest-*``; ``late`` are the listings that are judged."""
    folder.mkdir(parents=True, exist_ok=True)
    _lines(folder / "invest-listings.jsonl", listings)
    _lines(folder / "invest-mandates.jsonl", mandates)
    _split(folder, "invest", known, late)


def _split(
    folder: Path, name: str, known: Sequence[tuple[str, str]], late: set[str]
) -> None:
    judged = [pair for pair in known if pair[1] in late]
    before = [
        pair
        for pair in known
        if pair[1] not in late and not (name == "border" and pair[0] in late)
    ]
    for kind, some in (("judgements", judged), ("learn", before)):
        text = "".join(f"{left}\t{right}\t1\n" for left, right in some)
        (folder / f"{name}-{kind}.tsv").write_text(text, encoding="utf-8")


def _lines(path: Path, lines: Iterable[Line]) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--firms", type=int, default=4_000)
    parser.add_argument("--investors", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    write(options.folder, options.firms, options.investors, options.seed)


if __name__ == "__main__":
    main()
