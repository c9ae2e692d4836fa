"""Income and waivers by month and currency; by side only where nobody stands out."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from cms.staff.money_income import WIDTH, chart_of, side_lines
from marketplace.money import Money
from payments import income, ledger
from payments.actions.adjustments import approve_waiver, request_adjustment
from payments.actions.transfers import confirm_transfer
from payments.income import by_month, by_side, last_half_year, months_until, withheld
from payments.ledger import Fact, legs, post
from payments.models.ledger import Account
from payments.modes import Mode, current_mode
from tests.payments.officers import make_officer
from tests.payments.rows import make_fee
from tests.payments.test_adjustments import officer, record

SIDES = ("il", "ps", "third")


def waive(share, minor=20_00):
    wish = request_adjustment(
        share,
        kind="waiver",
        amount=Money(minor, share.currency_id),
        note="…",
        by=make_officer(),
    )
    return approve_waiver(wish, by=make_officer())


def this_month(currency="USD"):
    return by_month(current_mode(), timezone.localdate())[currency][-1]


# -- months ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_month_holds_what_was_charged_waived_and_sent_back():
    fee = make_fee(240_00)
    waive(fee.shares.first())
    row = this_month()
    assert row.month == timezone.localdate().replace(day=1)
    assert (row.charged, row.waived) == (Money(240_00, "USD"), Money(20_00, "USD"))
    back = Fact(
        key="refund:re_1",
        kind=ledger.Kind.REFUND,
        legs=legs(
            debit=Account.REFUNDS,
            credit=Account.STRIPE_CLEARING,
            amount=Money(5_00, "USD"),
        ),
        occurred_at=timezone.now(),
        mode=current_mode(),
        source=ledger.Source.STRIPE,
        fee=fee,
    )
    post(back)
    assert this_month().sent_back == Money(5_00, "USD")


@pytest.mark.django_db
def test_currencies_and_kinds_of_money_are_never_added_up(settings):
    make_fee(240_00, "USD")
    make_fee(240_000, "JOD")
    figures = by_month(current_mode(), timezone.localdate())
    assert list(figures) == ["JOD", "USD"]
    assert by_month(Mode.STRIPE_TEST, timezone.localdate()) == {}
    settings.PAYMENTS_MODE = "stripe_test"
    make_fee(240_00, "USD")
    assert this_month().charged == Money(240_00, "USD")


@pytest.mark.django_db
def test_a_year_of_months_is_shown_and_nothing_older():
    make_fee()
    later = date(timezone.localdate().year + 1, timezone.localdate().month, 1)
    assert by_month(current_mode(), later) == {}


def test_the_months_run_over_the_turn_of_the_year():
    months = months_until(date(2026, 2, 28))
    assert (months[0], months[-1], len(months)) == (
        date(2025, 3, 1),
        date(2026, 2, 1),
        12,
    )


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 6, 30), date(2025, 7, 1)),
        (date(2026, 7, 1), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2027, 1, 1), date(2026, 7, 1)),
    ],
)
def test_only_half_years_that_are_over_are_looked_at(today, first):
    half = last_half_year(today)
    assert half.first == first
    assert half.end <= today


# -- sides ----------------------------------------------------------------------------


@given(st.fixed_dictionaries({side: st.integers(0, 40) for side in SIDES}))
def test_nothing_withheld_can_be_worked_out_of_the_sum(payers):
    hidden = withheld(payers)
    assert all(side in hidden for side in SIDES if payers[side] < 5)
    if hidden:
        shown = set(SIDES) - hidden
        assert len(hidden) > 1
        assert not shown or sum(payers[side] for side in hidden) >= 5


def test_where_all_have_enough_payers_nothing_is_withheld():
    assert withheld(dict.fromkeys(SIDES, 5)) == set()


def test_of_one_small_side_and_two_large_the_larger_is_shown():
    assert withheld({"il": 9, "ps": 7, "third": 1}) == {"ps", "third"}


@pytest.mark.django_db
def test_a_side_is_shown_once_five_of_it_stand_behind_every_figure():
    today = timezone.localdate()
    half = income.HalfYear(today.replace(day=1), _next_month(today))
    for number in range(5):
        for share in make_fee(300_00, ownership=(3400, 3300, 3300)).shares.all():
            waive(share, 10_00)
            if number < 4:
                confirm_transfer(record(share, reference=f"R {share.pk}"), by=officer())
    rows = by_side(current_mode(), half)["USD"]
    assert [row.waived for row in rows] == [Money(50_00, "USD")] * 3
    assert [row.received for row in rows] == [None] * 3


def _next_month(day):
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


# -- the picture ------------------------------------------------------------------------


def figures(*minors):
    return [
        income.MonthFigures(
            date(2026, 1 + place, 1), *(Money(minor, "USD") for minor in three)
        )
        for place, three in enumerate(minors)
    ]


@pytest.mark.parametrize("from_right", [False, True])
def test_the_height_of_a_bar_is_its_figure_and_it_stays_in_the_picture(from_right):
    chart = chart_of("USD", figures((100, 50, 0), (25, 0, -10)), from_right=from_right)
    heights = {(bar.series, round(bar.height, 1)) for bar in chart.bars}
    whole = max(height for _name, height in heights)
    wanted = {("charged", 1), ("waived", 0.5), ("charged", 0.25), ("sent_back", 0.1)}
    assert heights == {(name, round(part * whole, 1)) for name, part in wanted}
    for bar in chart.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert (bar.y >= chart.zero) == (bar.series == "sent_back")


def test_months_run_in_the_direction_of_reading():
    rows = figures((100, 0, 0), (50, 0, 0))
    left = chart_of("USD", rows, from_right=False)
    right = chart_of("USD", rows, from_right=True)
    assert left.bars[0].x < left.bars[1].x
    assert right.bars[0].x > right.bars[1].x
    assert [x for x, _name in right.months] == [x for x, _name in left.months][::-1]


@pytest.mark.parametrize("from_right", [False, True])
def test_the_bars_of_sides_are_as_long_as_their_sums_and_withheld_ones_have_none(
    from_right,
):
    rows = [
        income.SideFigures("one", Money(80_00, "USD"), Money(20_00, "USD")),
        income.SideFigures("other", Money(40_00, "USD"), None),
    ]
    first, second = side_lines(rows, from_right=from_right)
    assert [width for _amount, _x, width in first.amounts] == [100, 25]
    assert second.amounts[0][2] == 50
    assert second.amounts[1] == (None, 100 if from_right else 0, 0)
    for amount, x, width in (*first.amounts, *second.amounts):
        assert x == (100 - width if from_right else 0), amount


def test_a_year_without_any_figure_draws_no_bar():
    assert chart_of("USD", figures((0, 0, 0)), from_right=False).bars == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_finance_reads_the_picture_and_the_same_figures_in_a_table(
    client, settings, language
):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    waive(make_fee(240_00).shares.first())
    user = make_officer()
    user.user_permissions.add(_access())
    user.language = language
    user.save()
    client.force_login(user)
    with translation.override(language):
        answer = client.get(reverse("income:index"))
    text = answer.content.decode()
    picture = text.partition('role="img"')[2].partition("</svg>")[0]
    assert "<title" in picture
    assert "<desc" in picture
    assert picture.count("<rect") == 2
    assert "style=" not in picture
    assert picture.count("<text") == 12
    assert "240.00" in text
    assert "20.00" in text


@pytest.mark.django_db
def test_the_picture_is_not_for_other_staff(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    user = officer()
    user.user_permissions.add(_access())
    client.force_login(user)
    assert client.get(reverse("income:index")).status_code in (302, 403)


def _access():
    return Permission.objects.get(codename="access_admin")
