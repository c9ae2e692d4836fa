"""Weights fitted to answers: pulled to the hand-set ones, in force only when adopted."""

import json
from io import StringIO
from math import log
from random import Random

import pytest
from django.core.management import CommandError, call_command

from marketplace.listings.models import Listing
from search.indexing import drain, record_change
from search.matching import refit
from search.matching.features import Features
from search.matching.logistic import chance_of
from search.matching.matcher import refresh_due
from search.matching.ranking import HAND_SET, WEIGHTS
from search.matching.refit import Example, balanced, fitted, judged
from search.matching.weighing import (
    FIRST_VERSION,
    current_weighing,
)
from search.models import Match, MatchEvent, MatchWeights
from tests.factories import make_listing, make_organisation, make_sector

Kind = MatchEvent.Kind


def example(number: int, is_yes: int, **figures: float) -> Example:
    whole = dict.fromkeys(WEIGHTS, 0.5) | figures
    return Example(number, number + 1, is_yes, 1.0, Features(**whole))


def answers_by(name: str, count: int = 400) -> list[Example]:
    """Yes wherever one figure is high; all others are drawn by chance."""
    chance = Random(0)
    drawn = ({other: chance.random() for other in WEIGHTS} for _ in range(count))
    return [
        example(number, int(figures[name] > 0.5), **figures)
        for number, figures in enumerate(drawn)
    ]


def test_what_tells_gains_and_what_does_not_loses():
    new = fitted(answers_by("stage")).weights
    assert new["stage"] > 2 * WEIGHTS["stage"]
    assert all(new[name] < WEIGHTS[name] for name in WEIGHTS if name != "stage")
    assert all(weight >= 0 for weight in new.values())


def test_without_answers_the_hand_set_weights_stay():
    new = fitted([])
    assert new.weights == pytest.approx(dict(WEIGHTS))


def test_the_level_of_scores_stays():
    examples = answers_by("place")
    new = fitted(examples)
    by_hand = sum(HAND_SET.logit(one.features) for one in examples)
    assert sum(new.logit(one.features) for one in examples) == pytest.approx(by_hand)


def test_refitted_weights_tell_better_on_answers_kept_back():
    examples = answers_by("money")
    early = [one for one in examples if not one.is_kept_back]
    late = [one for one in examples if one.is_kept_back]
    assert 40 < len(late) < 130
    old, new = judged(late, HAND_SET), judged(late, fitted(early))
    assert new["in_order"] > old["in_order"] + 0.1
    assert new["log_loss"] < old["log_loss"]


def test_figures_are_those_worked_out_by_hand():
    # Logits by hand-set weights differ by the stage alone: 0.8 · (1 - 0).
    yes, no = example(1, 1, stage=1.0), example(2, 0, stage=0.0)
    high, low = HAND_SET.logit(yes.features), HAND_SET.logit(no.features)
    assert high - low == pytest.approx(0.8)
    found = judged([yes, no], HAND_SET)
    assert found["in_order"] == 1
    loss = -(log(chance_of(high)) + log(1 - chance_of(low))) / 2
    assert found["log_loss"] == pytest.approx(loss)
    assert judged([], HAND_SET) == {"log_loss": 0.0, "in_order": 0.5}


def test_yes_and_no_weigh_the_same_altogether():
    found = balanced([example(1, 1), example(2, 0), example(3, 0), example(4, 0)])
    assert [one.weight for one in found] == pytest.approx([1, 1 / 3, 1 / 3, 1 / 3])


@pytest.fixture
def market(db) -> list[Listing]:
    """Six needs of one side and six offers of the other, indexed and matched."""
    made = []
    for number in range(6):
        sector = make_sector(f"10{number + 1}0")
        for kind, side in (("need", "il"), ("offer", "ps")):
            made.append(
                make_listing(
                    make_organisation(side=side),
                    kind=kind,
                    title=f"Press number {number}",
                    summary="Olives",
                    sectors=[sector],
                )
            )
    for listing in made:
        record_change(listing, "test")
    drain()
    refresh_due()
    return made


def note(seeker: Listing, shown: Listing, *kinds: str) -> None:
    for kind in kinds:
        MatchEvent.objects.create(seeker=seeker, shown=shown, kind=kind)


def test_few_answers_teach_nothing(market):
    note(market[0], market[1], Kind.SHOWN, Kind.REQUESTED, Kind.ACCEPTED)
    with pytest.raises(CommandError, match="of the 300 needed"):
        call_command("refit_weights")
    assert not MatchWeights.objects.exists()


@pytest.fixture
def report(market, monkeypatch, tmp_path) -> dict[str, float]:
    monkeypatch.setattr(refit, "LEAST_ANSWERS", 6)
    for place in range(0, 12, 2):
        note(market[place], market[place + 1], Kind.SHOWN, Kind.REQUESTED)
        note(market[place], market[(place + 3) % 12], Kind.SHOWN)
    note(market[0], market[1], Kind.ACCEPTED)
    note(market[2], market[3], Kind.DECLINED)
    note(market[4], market[5], Kind.SILENT)
    out = StringIO()
    call_command("refit_weights", json=tmp_path / "report.json", stdout=out)
    figures = json.loads((tmp_path / "report.json").read_text())
    assert all(line.split()[0] in figures for line in out.getvalue().splitlines())
    return figures


def test_a_report_changes_nothing(report):
    assert report["answers"] >= 6
    assert current_weighing() == HAND_SET
    assert set(Match.objects.values_list("weights_version", flat=True)) == {1}
    assert report["hand_set.code"] == WEIGHTS["code"]


def test_a_person_adopts_and_goes_back(report, django_capture_on_commit_callbacks):
    for options, version in (
        ({"adopt": report["number"]}, FIRST_VERSION + report["number"]),
        ({"hand_set": True}, HAND_SET.version),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("refit_weights", **options, stdout=StringIO())
        assert current_weighing().version == version
        refresh_due()
        live = Match.objects.live()
        assert set(live.values_list("weights_version", flat=True)) == {version}
    assert current_weighing() == HAND_SET


@pytest.mark.django_db
def test_unknown_weights_cannot_be_adopted():
    with pytest.raises(CommandError, match="no weights 77"):
        call_command("refit_weights", adopt=77)
