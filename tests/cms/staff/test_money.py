"""Finance finds what is open, sees what is booked, and acts with two persons."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from marketplace.money import Money
from payments import ledger
from payments.actions.adjustments import request_waiver
from payments.actions.fees import raise_fee
from payments.actions.transfers import ask_for_transfer
from payments.models import (
    Adjustment,
    Discrepancy,
    Fee,
    FeeSchedule,
    LedgerTransaction,
    MonthClose,
    OfflinePayment,
    Share,
)
from tests.payments.rows import make_agreed_venture, make_fee, make_schedule, payer_of

pytestmark = pytest.mark.django_db

LISTS = (
    "fee",
    "share",
    "adjustment",
    "offlinepayment",
    "discrepancy",
    "ledgertransaction",
    "stripeevent",
    "feeschedule",
)


@pytest.fixture
def finance(staff):
    """Sign in somebody with every right of the finance group."""
    rights = Permission.objects.filter(content_type__app_label="payments")
    names = list(rights.exclude(codename__startswith="delete_").values_list("codename"))
    return lambda: staff(*(name for (name,) in names))


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def make_late(fee):
    Fee.objects.filter(pk=fee.pk).update(due_on=timezone.localdate() - timedelta(1))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_for_finance_and_not_for_others(client, finance, staff, name):
    share = make_fee().shares.first()
    request_waiver(share, by=payer_of(share), because="means")
    ask_for_transfer(share, by=payer_of(share))
    finance()
    assert page(client, f"{name}:index").status_code == 200
    staff("view_sector")
    assert page(client, f"{name}:index").status_code == 302


@pytest.mark.parametrize("name", [name for name in LISTS if name != "feeschedule"])
@pytest.mark.parametrize("act", ["add", "edit", "delete", "copy"])
def test_no_address_changes_a_row_of_money(name, act):
    with pytest.raises(NoReverseMatch):
        reverse(f"{name}:{act}", args=[] if act == "add" else [1])


def test_the_books_show_what_is_open_overdue_and_that_the_ledger_is_whole(
    client, finance
):
    make_late(make_fee(240_00))
    make_fee(240_00)
    finance()
    answer = page(client, "money:index")
    (line,) = answer.context["outstanding"]
    assert (line.fees, line.open, line.overdue_fees) == (2, Money(480_00, "USD"), 1)
    late = Money(480_00, "USD") - line.ages[0]
    assert late == Money(240_00, "USD")
    assert answer.context["sums"] == [Money(0, "USD")]
    assert "SANDBOX" in answer.content.decode()


def test_the_books_are_not_for_other_staff(client, staff):
    staff("view_fee")
    assert page(client, "money:index").status_code in (302, 403)


def test_overdue_fees_are_one_click_away(client, finance):
    late, early = make_fee(), make_fee()
    make_late(late)
    finance()
    text = page(client, "fee:index", overdue="true").content.decode()
    assert str(late.public_id) in text
    assert str(early.public_id) not in text


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))


def test_an_export_says_what_it_is_and_runs_no_formula(client, finance):
    share = make_fee().shares.first()
    organisation = share.party.organisation
    organisation.alias = '=HYPERLINK("http://evil.example")'
    organisation.save()
    finance()
    rows = rows_of(page(client, "share:index", export="csv"))
    cells = [cell for row in rows for cell in row]
    assert '\'=HYPERLINK("http://evil.example")' in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
    assert "120.00" in cells
    assert "SANDBOX – no real money" in cells


def test_the_ledger_goes_along_with_all_its_legs(client, finance):
    make_fee()
    finance()
    rows = rows_of(page(client, "ledgertransaction:index", export="csv"))
    assert "receivable 240.00 USD · fee income -240.00 USD" in rows[1]


def test_a_waiver_is_granted_by_a_button_and_booked(client, finance):
    share = make_fee().shares.first()
    request = request_waiver(share, by=payer_of(share), because="means")
    finance()
    text = page(client, "adjustment:inspect", request.pk).content.decode()
    assert reverse("adjustment:approve", args=[request.pk]) in text
    client.post(reverse("adjustment:approve", args=[request.pk]))
    share.refresh_from_db()
    assert share.state == "waived"
    text = page(client, "adjustment:inspect", request.pk).content.decode()
    assert reverse("adjustment:approve", args=[request.pk]) not in text


def test_who_asked_sees_no_button_and_is_refused(client, finance):
    share = make_fee().shares.first()
    officer = finance()
    request = request_waiver(share, by=officer, because="means")
    address = reverse("adjustment:approve", args=[request.pk])
    text = page(client, "adjustment:inspect", request.pk).content.decode()
    assert address not in text
    client.post(address)
    assert Adjustment.objects.get().state == "requested"


def test_looking_at_the_address_of_an_act_does_nothing(client, finance):
    share = make_fee().shares.first()
    request = request_waiver(share, by=payer_of(share), because="means")
    finance()
    assert page(client, "adjustment:approve", request.pk).status_code == 405


def test_other_staff_press_no_button(client, staff):
    share = make_fee().shares.first()
    request = request_waiver(share, by=payer_of(share), because="means")
    staff("view_adjustment")
    client.post(reverse("adjustment:approve", args=[request.pk]))
    assert Adjustment.objects.get().state == "requested"


def test_a_transfer_is_recorded_by_one_and_confirmed_by_another(client, finance):
    share = make_fee().shares.first()
    form = {"amount": "120.00", "reference": "R 1", "received_on": "2026-01-02"}
    finance()
    record = reverse("share:record", args=[share.pk])
    assert 'value="120.00"' in client.get(record).content.decode()
    client.post(record, form)
    payment = OfflinePayment.objects.get()
    confirm = reverse("offlinepayment:confirm", args=[payment.pk])
    client.post(confirm)
    assert ledger.open_amount(share).minor == 120_00
    finance()
    client.post(confirm)
    assert ledger.open_amount(share).minor == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "-1"},
        {"amount": "1.005"},
        {"received_on": "2999-01-01"},
        {"reference": ""},
        {"reference": "x" * 81},
    ],
)
def test_a_line_that_cannot_be_true_is_not_recorded(client, finance, wrong):
    share = make_fee().shares.first()
    form = {"amount": "120.00", "reference": "R 1", "received_on": "2026-01-02"}
    finance()
    answer = client.post(reverse("share:record", args=[share.pk]), form | wrong)
    assert answer.context["form"].errors
    assert not OfflinePayment.objects.exists()


def test_a_matter_is_closed_and_stands_anew_if_it_comes_back(client, finance):
    share = make_fee().shares.first()
    ask_for_transfer(share, by=payer_of(share))
    officer = finance()
    matter = Discrepancy.objects.get()
    client.post(reverse("discrepancy:resolve", args=[matter.pk]))
    matter.refresh_from_db()
    assert matter.resolved_by == officer
    ask_for_transfer(share, by=payer_of(share))
    assert Discrepancy.objects.unresolved().count() == 1


# -- the price list ----------------------------------------------------------------


def prices(**changes):
    return {
        "currency": "JOD",
        "total": "170.500",
        "mode": "equal",
        "waiver_rule": "",
        "waiver_percent": "100",
        "most_instalments": "1",
        "due_days": "30",
        "valid_from": "2026-01-01",
    } | changes


def test_a_price_is_written_as_people_write_money(client, finance):
    make_schedule()
    finance()
    client.post(reverse("feeschedule:add"), prices())
    schedule = FeeSchedule.objects.get(currency="JOD")
    assert schedule.total == Money(170_500, "JOD")
    text = page(client, "feeschedule:edit", schedule.pk).content.decode()
    assert 'value="170.500"' in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"total": "170.505"},
        {"total": "1.0005"},
        {"total": "-1"},
        {"total": "x"},
        {"due_days": "366"},
        {"currency": "GBP"},
        {"valid_from": ""},
    ],
)
def test_a_price_that_cannot_be_charged_is_refused(client, finance, wrong):
    make_schedule()
    finance()
    answer = client.post(reverse("feeschedule:add"), prices(**wrong))
    assert answer.context["form"].errors
    assert FeeSchedule.objects.count() == 1


def test_two_prices_from_one_day_are_refused(client, finance):
    make_schedule(valid_from=date(2026, 1, 1))
    finance()
    answer = client.post(reverse("feeschedule:add"), prices(currency="USD", total="1"))
    assert answer.context["form"].errors


def test_a_new_price_changes_no_fee_that_was_raised(client, finance):
    schedule = make_schedule(240_00)
    fee = raise_fee(make_agreed_venture())
    finance()
    address = reverse("feeschedule:edit", args=[schedule.pk])
    client.post(address, prices(currency="USD", total="999"))
    schedule.refresh_from_db()
    fee.refresh_from_db()
    assert (schedule.total_minor, fee.total_minor) == (999_00, 240_00)


def test_no_venture_title_or_legal_name_reaches_the_lists(client, finance):
    fee = make_fee()
    finance()
    names = [p.organisation.legal_name for p in fee.venture.parties.all()]
    share = Share.objects.first()
    posting = LedgerTransaction.objects.first()
    texts = [page(client, f"{name}:index").content.decode() for name in LISTS]
    texts += [
        page(client, "fee:inspect", fee.pk).content.decode(),
        page(client, "share:inspect", share.pk).content.decode(),
        page(client, "ledgertransaction:inspect", posting.pk).content.decode(),
    ]
    assert "US$240.00" in texts[-3]
    for text in texts:
        for private in ("Olive press", *names):
            assert private not in text


def test_who_may_not_record_a_transfer_is_turned_away(client, staff):
    share = make_fee().shares.first()
    staff("view_share", "view_ledgertransaction")
    address = reverse("share:record", args=[share.pk])
    for answer in (client.get(address), client.post(address, {"amount": "1"})):
        assert answer.status_code in (302, 403, 404)
    assert not OfflinePayment.objects.exists()


# -- lines, adjustments, void fees -----------------------------------------------------


def test_an_amount_for_each_side_is_written_and_read_back(client, finance):
    make_schedule()
    finance()
    lines = {"mode": "adjusted", "total": "0", "il": "150.5", "ps": "90", "third": "0"}
    answer = client.post(reverse("feeschedule:add"), prices(**lines | {"ps": ""}))
    assert answer.context["form"].errors
    answer = client.post(reverse("feeschedule:add"), prices(**lines | {"ps": "0"}))
    assert answer.context["form"].errors
    client.post(reverse("feeschedule:add"), prices(**lines))
    schedule = FeeSchedule.objects.get(currency="JOD")
    amounts = dict(schedule.lines.values_list("side", "amount_minor"))
    assert amounts == {"il": 150_500, "ps": 90_000, "third": 0}
    text = page(client, "feeschedule:edit", schedule.pk).content.decode()
    assert 'value="150.500"' in text


def test_a_share_is_lessened_and_that_taken_back_by_buttons(client, finance):
    share = make_fee().shares.first()
    form = {"kind": "scholarship", "amount": "20", "note": "letter 3"}
    finance()
    client.post(reverse("share:adjust", args=[share.pk]), form)
    finance()
    client.post(reverse("adjustment:approve", args=[Adjustment.objects.get().pk]))
    assert ledger.open_amount(share).minor == 100_00
    first = Adjustment.objects.get()
    client.post(reverse("adjustment:reverse", args=[first.pk]), {"note": "wrong"})
    finance()
    back = Adjustment.objects.exclude(pk=first.pk).get()
    client.post(reverse("adjustment:approve", args=[back.pk]))
    assert ledger.open_amount(share).minor == 120_00


def test_a_fee_is_voided_and_raised_anew_by_buttons(client, finance):
    make_schedule(180_00, "EUR")
    fee = make_fee()
    finance()
    client.post(reverse("fee:void", args=[fee.pk]))
    fee.refresh_from_db()
    assert fee.state == "void"
    client.post(reverse("fee:anew", args=[fee.pk]), {"currency": "EUR"})
    assert fee.venture.fees.exclude(state="void").get().currency_id == "EUR"


# -- months and remedies ---------------------------------------------------------------


def test_a_month_is_looked_at_taken_along_and_closed(client, finance, staff):
    make_fee()
    finance()
    text = page(client, "journal:index").content.decode()
    assert "US$240.00" in text
    answer = page(client, "journal:index", export="csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert "sandbox-journal" in answer["Content-Disposition"]
    client.post(reverse("journal:index"), {"month": "2020-01"})
    assert MonthClose.objects.get().month == date(2020, 1, 1)
    client.post(reverse("journal:index"), {"month": "2999-01"})
    assert MonthClose.objects.count() == 1
    staff("view_ledgertransaction")
    client.post(reverse("journal:index"), {"month": "2020-02"})
    assert MonthClose.objects.count() == 1
    staff("view_sector")
    assert page(client, "journal:index").status_code in (302, 403)


def test_a_matter_says_what_helps_and_has_a_button_for_it(client, finance):
    venture = make_agreed_venture()
    raise_fee(venture)
    matter = Discrepancy.objects.get()
    finance()
    remedy = reverse("discrepancy:remedy", args=[matter.pk])
    text = page(client, "discrepancy:inspect", matter.pk).content.decode()
    assert "then raise the fee" in text
    assert remedy in text
    make_schedule()
    client.post(remedy)
    matter.refresh_from_db()
    assert matter.resolved_at is not None


def test_the_page_of_a_share_has_its_statement(client, finance):
    share = make_fee().shares.first()
    finance()
    text = page(client, "share:inspect", share.pk).content.decode()
    assert "fee raised" in text
    assert "US$120.00, balance US$120.00" in text
