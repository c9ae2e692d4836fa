"""What is learned about looking both ways, and what stands where nothing is said."""

from random import Random

import pytest

from marketplace.progress import Progress
from search.evaluation import rankings
from search.evaluation.chances import _best_share
from search.evaluation.entries import listing_parser
from search.evaluation.parties import parties_of
from search.evaluation.rankings import _compared, _shortest
from search.evaluation.start_weights import NO_MATCH, StartWeights
from search.evaluation.vocabulary import Vocabulary
from search.matching.learned import others_beside

Pairs = list[tuple[float, float]]


def lists(chosen: tuple[float, float], count: int = 60) -> list[Pairs]:
    """Lists of own and other logits by chance, the chosen one's lifted by so much."""
    chance = Random(0)
    drawn = [
        [(chance.gauss(), chance.gauss()) for _ in range(30)] for _ in range(count)
    ]
    return [
        [(first[0] + chosen[0], first[1] + chosen[1]), *rest] for first, *rest in drawn
    ]


def apart(drawn: list[Pairs]) -> list[list[Pairs]]:
    """Each list of another party."""
    return [[one] for one in drawn]


def test_few_who_choose_often_do_not_say_what_all_look_for():
    many = lists((1.5, 0.0), 40)
    busy = lists((0.0, 3.0), 200)
    assert _best_share([*apart(many), busy]) == 1.0


def test_the_others_chance_counts_where_it_tells():
    assert _best_share(apart(lists((0.7, 1.5)))) <= 0.5


def test_the_others_chance_is_left_out_where_it_does_not():
    assert _best_share(apart(lists((1.5, 0.0)))) == 1.0
    assert _best_share([[[(1.0, 0.0), (0.0, 1.0)]]]) == 1.0


@pytest.mark.parametrize(
    ("yes", "others"), [(0, 40), (164, 40), (1_000, 29), (1_428, 20), (9_000, 20)]
)
def test_beside_many_yes_answers_fewer_others_stand(yes, others):
    assert others_beside(yes) == others


@pytest.mark.parametrize(
    ("count", "compared"), [(1, 800), (750, 800), (2_000, 300), (90_000, 120)]
)
def test_of_many_lists_fewer_are_compared_each(count, compared):
    assert _compared(count) == compared


def test_a_short_list_holds_the_best_guesses_the_named_and_then_the_rest():
    pool = [f"p{number}" for number in range(10)]
    quick = {name: float(number) for number, name in enumerate(pool)}
    named = ["p0", "stranger"]
    assert _shortest(pool, quick, named, 4) == ["p9", "p8", "p0", "p7"]
    assert _shortest(pool, {}, named, 4) == ["p0", "p1", "p2", "p3"]
    assert rankings.LEAST_COMPARED >= 100


@pytest.fixture(scope="module")
def parse():
    return listing_parser()


@pytest.mark.django_db
def test_where_a_line_names_no_sector_its_words_do(parse):
    entries = [
        parse('{"id":"t-1","kind":"offer","title":"Olive oil from our press"}'),
        parse('{"id":"t-2","kind":"offer","title":"Olive oil","sectors":["62"]}'),
        parse('{"id":"t-3","kind":"offer","title":"Zzz"}'),
    ]
    with parties_of(entries, Vocabulary.current(), Progress(None)) as parties:
        assert "isic_c1040" in parties["t-1"].traits.sectors
        assert set(parties["t-2"].traits.sectors) == {"isic_j", "isic_j62"}
        assert parties["t-3"].traits.sectors == ()


@pytest.mark.django_db
def test_where_nobody_seeks_anything_alike_stands_before_unlike(parse):
    lines = (
        ("u-1", "Olive oil", "1040"),
        ("u-2", "Stone tiles", "2396"),
        ("u-3", "زيت زيتون", "1040"),
    )
    entries = [
        parse(
            f'{{"id":"{name}","kind":"offer","title":"{title}","sectors":["{code}"]}}'
        )
        for name, title, code in lines
    ]
    with parties_of(entries, Vocabulary.current(), Progress(None)) as parties:
        judge = StartWeights(parties)
        there = judge.there("u-1", ["u-2", "u-3"], [])
        scores = {
            name: judge.score("u-1", name, chance, chance, is_back=False)
            for name, chance in there.items()
        }
    assert 0 < scores["u-2"] < scores["u-3"] < NO_MATCH
