"""Finance finds what is open, and reads what is booked, month by month."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from marketplace.money import Money
from payments.actions.adjustments import request_waiver
from payments.actions.transfers import ask_for_transfer
from payments.models import (
    Fee,
    LedgerTransaction,
    MonthClose,
    Share,
)
from tests.payments.rows import make_fee, payer_of

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


def test_a_line_of_the_trial_balance_leads_to_what_stands_behind_it(client, finance):
    make_fee()
    posting = LedgerTransaction.objects.first()
    finance()
    text = page(client, "journal:index").content.decode()
    line = re.search(r'href="([^"]+account=receivable[^"]*)"', text)[1]
    assert line.endswith("&amp;mode=sandbox")
    address = line.replace("&amp;", "&")
    assert posting.key in client.get(address).content.decode()
    for one, other in (
        ("account=receivable", "account=stripe_clearing"),
        ("currency=USD", "currency=ILS"),
        ("mode=sandbox", "mode=stripe_live"),
        (f"month={posting.period}", "month=2020-01-01"),
    ):
        assert one in address
        answer = client.get(address.replace(one, other)).content.decode()
        assert posting.key not in answer, other


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


def test_the_page_of_a_share_has_its_statement(client, finance):
    share = make_fee().shares.first()
    finance()
    text = page(client, "share:inspect", share.pk).content.decode()
    assert "fee raised" in text
    assert "US$120.00, balance US$120.00" in text


def test_finance_opens_the_paper_of_a_share_and_takes_the_list_along(
    client, finance, staff
):
    document = make_fee().shares.first().documents.get()
    finance()
    answer = page(client, "document:pdf", document.pk)
    assert answer["Content-Type"] == "application/pdf"
    table = rows_of(page(client, "document:index", export="csv"))
    assert str(document.share.public_id) in {cell for row in table for cell in row}
    staff("view_fee")
    assert page(client, "document:pdf", document.pk).status_code in (302, 403)
