"""A fourth invented world: firms and funds as public registers of deals have them.

Most mandates are an id and nothing else, so that a fund is known by its earlier answers
alone; a firm is an invented name, a few labels of no tree, a country, a town, a stage,
a sum and a date, any of which may be missing. Funds invest at home, come and go within
a few years, and a few of them make most of the deals. Nobody here exists.
"""

from __future__ import annotations

from math import exp

from tests.benchmarks.deals import DAYS, STAGES, USUAL, Line, World

FIELDS = 24
LABELS_A_FIELD = 7
COUNTRIES = ("us", "il", "gb", "de", "fr", "jo", "ae", "ps", "eg", "cy")
TOWNS_A_COUNTRY = 8
SYLLABLES = ("ba", "ne", "ti", "ro", "lu", "ka", "zo", "mi", "de", "fa", "xo", "vi")


class Registers:
    """Few facts, each plain, many missing."""

    def __init__(self, seed: int) -> None:
        self.world = World(seed + 2_000)
        # A label belongs to one field, and is used in two others at times.
        self.labels = [
            [f"{self.name()} {self.name()}" for _ in range(LABELS_A_FIELD)]
            for _ in range(FIELDS)
        ]
        self.broad = [self.name() for _ in range(6)]
        self.near = [
            [self.world.chance.randrange(FIELDS) for _ in range(2)]
            for _ in range(FIELDS)
        ]

    def name(self) -> str:
        chance = self.world.chance
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).capitalize()

    def field(self) -> int:
        return self.world.zipf(range(FIELDS), 0.7)  # type: ignore[no-any-return]

    def town(self, country: str) -> str:
        return f"{country}-{self.world.zipf(range(TOWNS_A_COUNTRY), 1.2)}"

    def labelled(self, firm: Line) -> list[str]:
        """One to five labels, most of the firm's own field."""
        world, field = self.world, firm["field"]
        labels = {world.zipf(self.labels[field], 0.6)}
        for _ in range(world.chance.randint(0, 3)):
            other = field if world.known(0.6) else firm["second"]
            labels.add(world.zipf(self.labels[other], 0.6))
        if world.known(0.5):
            labels.add(world.zipf(self.broad, 0.8))
        return sorted(labels)

    def firm(self, number: int) -> tuple[Line, Line]:
        world, chance = self.world, self.world.chance
        field = self.field()
        stage = chance.choices(range(len(STAGES)), (4, 6, 4, 2, 1))[0]
        country = world.zipf(COUNTRIES, 1.0)
        quality = chance.gauss(0, 1)
        true: Line = {
            "id": f"f-{number:05}",
            "field": field,
            "second": chance.choice(self.near[field]),
            "country": country,
            "place": self.town(country),
            "stage": stage,
            "amount": chance.gauss(USUAL[stage] + 0.15 * quality, 0.4),
            "is_found": quality + chance.gauss(0, 1) > -0.4,
        }
        line: Line = {
            "id": true["id"],
            "kind": "investment",
            "title": f"{self.name()}{chance.choice((' Ltd', '', ' Labs', ' Inc'))}",
        }
        if world.known(0.9):
            line["sectors"] = self.labelled(true)
        if world.known(0.85):
            line["side"] = country
        if world.known(0.7):
            line["place"] = true["place"]
        if world.known(0.65):
            line["stage"] = STAGES[stage]
        if world.known(0.35 + 0.4 / (1 + exp(-quality))):
            line["amount"] = {"max": round(10 ** true["amount"]), "currency": "USD"}
        if world.known(0.15):
            line["summary"] = " ".join([self.name(), *line.get("sectors", [])[:2]])
        return true, line

    def investor(self, number: int) -> tuple[Line, Line]:
        world, chance = self.world, self.world.chance
        country = world.zipf(COUNTRIES, 1.0)
        fields = [self.field() for _ in range(chance.randint(1, 5))]
        true: Line = {
            "id": f"m-{number:04}",
            "fields": fields,
            "country": country,
            "place": self.town(country),
            "home": chance.choice((0.5, 2.0, 3.5)),
            "stage": chance.choices(range(len(STAGES)), (4, 6, 4, 2, 1))[0],
            "width": chance.uniform(0.5, 2.0),
            "sum": chance.gauss(0, 0.4),
            "zeal": exp(chance.gauss(0, 1.4)),
            "begins": chance.uniform(-0.3, 0.9) * DAYS,
            "lasts": chance.expovariate(1 / 900) + 200,
        }
        line: Line = {"id": true["id"]}
        if world.known(0.5):
            line["title"] = f"{self.name()} Capital"
        if world.known(0.12):
            line["sectors"] = [self.labels[field][0] for field in set(fields)]
        if world.known(0.12):
            line["places"] = [true["place"]]
        return true, line

    def wants(self, one: Line, other: Line, day: float) -> float:
        if not other["is_found"]:
            return 0.0
        after = day - one["begins"] - one["lasts"]
        waking = 1.0 if one["begins"] <= day else 0.02
        leaning = 2.2 * (other["field"] in one["fields"])
        leaning += 0.9 * (other["second"] in one["fields"])
        leaning += one["home"] * (one["country"] == other["country"])
        leaning += 0.8 * (one["place"] == other["place"])
        leaning -= abs(one["stage"] - other["stage"]) / one["width"]
        leaning -= 0.8 * abs(USUAL[one["stage"]] + one["sum"] - other["amount"])
        leaning -= max(0.0, after) / 150
        return float(one["zeal"] * waking * exp(leaning))

    def together(self, one: Line, other: Line) -> float:
        return 3.0 if set(one["fields"]) & set(other["fields"]) else 1.0
