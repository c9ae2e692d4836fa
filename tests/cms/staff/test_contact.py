"""How long contact lasts: counted from words said, drawn, and never of a few."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.staff.contact import WIDTH, curve_of
from marketplace.people.models import User
from marketplace.ventures.contact import Group, by_cohort, by_side, groups_of
from marketplace.ventures.models import Confirmation, JointVenture
from marketplace.ventures.survival import Spell, kaplan_meier
from tests.factories import make_user
from tests.payments.rows import make_agreed_venture

DAY = timedelta(days=1)


def rows(count: int, lost: int = 0) -> list[Spell]:
    return [Spell(100 + number, number < lost) for number in range(count)]


# -- who is withheld -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "withheld"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 4, "b": 9, "c": 5}, {"a", "c"}),  # the sum would tell the one
        ({"a": 4, "b": 3, "c": 5}, {"a", "b"}),
        ({"a": 4}, {"a"}),
        ({}, set()),
    ],
)
def test_a_group_of_fewer_than_five_is_withheld_and_never_alone(sizes, withheld):
    groups = groups_of({key: rows(size, 1) for key, size in sizes.items()})
    assert {group.key for group in groups if group.size is None} == withheld
    for group in groups:
        assert (group.steps == ()) == (group.key in withheld)


def test_nothing_is_said_of_days_nobody_was_watched():
    (group,) = groups_of({"a": rows(5, 1)})
    assert group.left_at(99) == (1.0, 1.0, 1.0)
    assert group.left_at(100)[0] == pytest.approx(0.8)
    assert group.left_at(105) is None


# -- the picture ---------------------------------------------------------------------


@pytest.mark.parametrize("from_right", [False, True])
def test_the_curve_falls_as_one_reads_and_stays_in_its_band(from_right):
    spells = [Spell(10 * n, n % 2 == 0) for n in range(1, 9)]
    group = Group("a", 8, 4, 80, kaplan_meier(spells))
    curve = curve_of("A", group, from_right=from_right)
    line = [tuple(map(float, point.split(","))) for point in curve.line.split()]
    along = [WIDTH - x if from_right else x for x, _y in line]
    assert along == sorted(along)
    assert [y for _x, y in line] == sorted(y for _x, y in line)
    band = [float(point.split(",")[1]) for point in curve.band.split()]
    half = len(band) // 2
    for (_x, y), high, low in zip(
        line, band[:half], reversed(band[half:]), strict=True
    ):
        assert high <= y <= low


# -- from rows -----------------------------------------------------------------------


@pytest.fixture
def ventures(db) -> list[JointVenture]:
    """Five of a year ago; in the first a partner fell silent, the rest still talk."""
    made = [make_agreed_venture() for _ in range(5)]
    now = timezone.now()
    JointVenture.objects.update(agreed_at=now - 300 * DAY)
    for venture in made:
        for party in venture.parties.all():
            for ago in (200, 100):
                if venture != made[0] or party != venture.parties.first():
                    Confirmation.objects.create(
                        party=party,
                        stand=2,
                        said_by=venture.proposed_by,
                        said_at=now - ago * DAY,
                    )
    return made


def test_a_cohort_loses_a_venture_with_the_first_silent_partner(ventures):
    (group,) = by_cohort(timezone.localdate())
    assert (group.size, group.lost, group.longest) == (5, 1, 300)
    assert [(step.day, step.at_risk) for step in group.steps] == [(120, 5)]
    assert group.steps[0].survival == pytest.approx(0.8)


def test_a_side_loses_only_its_own_silence(ventures):
    silent = ventures[0].parties.first().organisation.side
    lost = {group.key: group.lost for group in by_side(timezone.localdate())}
    assert lost == {"il": int(silent == "il"), "ps": int(silent == "ps")}


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_staff_read_the_curves_and_nobody_is_named(
    client, settings, ventures, language
):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    user = make_user(language=language, is_staff=True)
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    client.force_login(user)
    html = client.get(reverse("contact:index")).content.decode()
    assert len(re.findall("<polyline", html)) == 3
    assert "80%" in html
    main = html[html.index('id="main"') :]
    for venture in ventures:
        assert str(venture.public_id) not in main
        for party in venture.parties.all():
            assert str(party.organisation) not in main


def test_it_is_not_for_other_staff(client, settings, db):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    client.force_login(make_user(is_staff=True))
    assert client.get(reverse("contact:index")).status_code != 200
