"""`manage.py evaluate_matching` on files that say little, as registers of deals do."""

import json
from io import StringIO
from math import isfinite

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db

SECTORS = ("Food Tech", "Waste-Water", "E-Sport", "Tuch & Garn")


@pytest.fixture
def run(tmp_path):
    def run(listings, judgements, mandates=None, learn=None):
        def write(name, lines):
            path = tmp_path / name
            path.write_text("\n".join(lines), encoding="utf-8")
            return path

        report = tmp_path / "out.json"
        call_command(
            "evaluate_matching",
            listings=write("L.jsonl", map(json.dumps, listings)),
            mandates=mandates and write("M.jsonl", map(json.dumps, mandates)),
            judgements=write("J.tsv", judgements),
            learn=learn and write("T.tsv", learn),
            stdout=StringIO(),
            stderr=StringIO(),
            verbosity=0,
            json=report,
        )
        return json.loads(report.read_text())

    return run


def company(number: int, **more: object) -> dict[str, object]:
    return {"id": f"c{number}", "kind": "investment", "title": "x", **more}


def deals(count: int = 8, firms: int = 120) -> tuple[list[str], list[str]]:
    """Earlier answers and judgements: each fund takes every fourth firm."""
    learn, judged = [], []
    for who in range(count):
        liked = [number for number in range(firms) if number % 4 == who % 4]
        learn += [f"m{who}\tc{number}\t1" for number in liked[who // 4 : 20 : 2]]
        judged += [f"m{who}\tc{number}\t1" for number in liked[20:]]
    return learn, judged


FUNDS = [{"id": f"m{who}"} for who in range(8)]


@pytest.mark.parametrize("dated", [True, False])
def test_who_is_an_id_alone_is_known_by_its_answers(run, dated):
    listings = [
        company(
            number,
            sectors=[SECTORS[number % 4]],
            **({"published_at": f"20{10 + number // 12}-03-01"} if dated else {}),
        )
        for number in range(120)
    ]
    learn, judged = deals()
    figures = run(listings, judged, FUNDS, learn)
    assert figures["forward.recall@10"] == 1.0
    assert figures["backward.mrr"] > 0.45


FACTS = {
    "nothing": {},
    "labels": {"sectors": ["B2B / SaaS", "?", "🫒", "ا"]},
    "stages": {"stage": "round 7", "sectors": []},
    "sums": {"amount": {"max": 0, "currency": "USD"}, "side": "us"},
    "money": {"amount": {"min": 5, "currency": "ZZZ"}, "place": " "},
    "letters": {"summary": "a", "language": "xx", "needs": ["b"], "brings": ["ב"]},
}


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("with_past", [True, False])
def test_whatever_a_file_leaves_out_there_are_figures(run, fact, with_past):
    listings = [company(number, **FACTS[fact]) for number in range(40)]
    learn, judged = deals(4, 40)
    judged = [line.replace("c1", "c3") for line in judged] or [
        f"m{who}\tc{number}\t1" for who in range(4) for number in range(30, 40)
    ]
    learn = [line for line in learn if int(line.split("\t")[1][1:]) < 30]
    figures = run(listings, judged, FUNDS[:4], learn if with_past else None)
    assert figures["weights"] == ("learned" if with_past else "start")
    numbers = [value for value in figures.values() if isinstance(value, float)]
    assert all(isfinite(value) and 0 <= value <= 1 for value in numbers)
    assert figures["forward.queries"] == 4


def test_one_date_far_ahead_leaves_it_known_who_is_active(run):
    """The busy fund made its deals of late, the others long ago."""
    listings = [
        company(number, published_at=f"20{10 + number // 20}-03-01")
        for number in range(200)
    ]
    listings[0]["published_at"] = "2999-01-01"
    idle = [
        f"m{who}\tc{number}\t1" for who in range(1, 8) for number in range(who, 60, 8)
    ]
    busy = [f"m0\tc{number}\t1" for number in [0, *range(100, 160)]]
    judged = [f"m0\tc{number}\t1" for number in range(160, 180)]
    judged += [f"m{who}\tc{180 + who}\t1" for who in range(1, 8)]
    figures = run(listings, judged, FUNDS, idle + busy)
    assert figures["backward.mrr"] > 0.7


def test_pairs_that_stand_twice_count_once(run):
    listings = [company(number, sectors=[SECTORS[number % 4]]) for number in range(120)]
    learn, judged = deals()
    once = run(listings, judged, FUNDS, learn)
    twice = run(listings, judged * 2, FUNDS, learn * 2)
    assert once == twice


def test_one_fund_may_have_thousands_of_answers(run):
    listings = [
        company(number, sectors=[SECTORS[number % 4]]) for number in range(2_400)
    ]
    learn = [f"m0\tc{number}\t1" for number in range(2_000) if number % 4 == 0]
    learn += [f"m1\tc{number}\t1" for number in range(1, 80, 4)]
    judged = ["m0\tc2000\t1", "m0\tc2004\t1", "m1\tc2001\t1"]
    figures = run(listings, judged, FUNDS[:2], learn)
    assert figures["forward.recall@100"] > 0.3
    assert figures["backward.mrr"] > 0.6


def test_pairs_of_listings_need_neither_mandates_nor_sides(run):
    listings = [
        {"id": f"c{number}", "kind": "offer", "title": f"t{number}"}
        | ({"sectors": [SECTORS[number % 4]]} if number % 7 else {})
        for number in range(200)
    ]
    learn = [f"c{number}\tc{number + 100}\t1" for number in range(60)]
    judged = [f"c{number}\tc{number + 100}\t1" for number in range(60, 100)]
    figures = run(listings, judged, None, learn)
    assert figures["forward.queries"] == 40
    assert figures["forward.recall@50"] > 0.8
