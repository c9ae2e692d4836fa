"""The payer's pages: what they say, what they keep to themselves, who is let in."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from payments.actions.adjustments import approve_waiver, request_waiver
from payments.actions.checkout import open_attempt
from payments.actions.fees import raise_fee
from payments.models import Adjustment, Discrepancy, LedgerTransaction
from payments.references import spoken
from tests.payments.pages.addresses import address
from tests.payments.rows import (
    make_agreed_venture,
    make_fee,
    make_schedule,
    payer_of,
)
from tests.payments.test_adjustments import officer

pytestmark = pytest.mark.django_db

DECLINED = "4000000000000002"
WORDS = {
    "en": "SANDBOX – no real money",
    "he": "בלי כסף אמיתי",
    "ar": "بلا أموال حقيقية",
}


@pytest.mark.parametrize("language", ["en", "he", "ar"])
@pytest.mark.parametrize("name", ["fees", "share", "waiver"])
def test_every_page_says_in_its_language_that_no_real_money_moves(
    payer, share, name, language
):
    with translation.override(language):
        page = reverse("payments:fees") if name == "fees" else address(name, share)
    assert WORDS[language] in payer.get(page).content.decode()


def test_with_real_money_no_page_speaks_of_a_sandbox(payer, share, settings):
    settings.PAYMENTS_MODE = "stripe_live"
    share.documents.get()  # issued in the sandbox: its number goes on saying so
    text = payer.get(address("share", share)).content.decode()
    assert WORDS["en"] not in text
    assert "The next page is in English" in text


def test_the_form_may_lead_to_the_card_page_and_nowhere_else(payer, share):
    policy = payer.get(address("share", share))["Content-Security-Policy"]
    assert "form-action 'self' http://127.0.0.1:8001;" in policy + ";"
    other = payer.get(reverse("payments:fees"))["Content-Security-Policy"]
    assert ":8001" not in other


def test_with_stripe_itself_the_form_leads_to_stripes_own_page(payer, share, settings):
    settings.PAYMENTS_MODE = "stripe_test"
    policy = payer.get(address("share", share))["Content-Security-Policy"]
    assert "form-action 'self' https://checkout.stripe.com" in policy


def test_a_click_leads_to_the_page_in_the_readers_language(stripe, payer, share):
    with translation.override("ar"):
        page = address("pay", share)
    answer = payer.post(page)
    assert answer.status_code == 303
    assert answer["Location"].startswith("http://127.0.0.1:8001/c/pay/cs_test_")
    assert answer["Location"].endswith("?lang=ar")
    assert 'dir="rtl"' in stripe.payer.look(answer["Location"]).text


def test_stripe_sends_the_payer_back_in_the_language_they_left_in(stripe, payer, share):
    with translation.override("ar"):
        page = payer.post(address("pay", share))["Location"]
    back = stripe.payer.pay(page.partition("?")[0]).location
    attempt = share.attempts.get()
    assert back == f"http://127.0.0.1:8000/ar/fees/return/{attempt.public_id}/"


def come_back(client, share):
    cache.clear()
    attempt = share.attempts.latest("pk")
    return client.get(address("return", attempt)).context["outcome"]


def test_the_return_page_tells_the_truth_at_every_turn(stripe, payer, share):
    page = open_attempt(share, by=payer_of(share)).partition("?")[0]
    assert come_back(payer, share) == "unpaid"
    stripe.payer.pay(page, DECLINED)
    assert come_back(payer, share) == "declined"
    for _ in range(3):
        stripe.app.faults.add("answer_500", "/v1/checkout/sessions/")
    assert come_back(payer, share) == "waiting"
    stripe.payer.pay(page)
    assert come_back(payer, share) == "received"


def test_who_pays_last_reads_that_the_venture_is_active(stripe, client, share, partner):
    active = "All shares are settled and the venture is active."
    for each, reads_it in ((share, False), (partner, True)):
        client.force_login(payer_of(each))
        stripe.payer.pay(open_attempt(each, by=payer_of(each)))
        assert come_back(client, each) == "received"
        page = client.get(address("return", each.attempts.get())).content.decode()
        assert (active in page) is reads_it


def test_a_page_that_ran_out_says_so(stripe, payer, share):
    open_attempt(share, by=payer_of(share))
    session_id = share.attempts.get().session_id
    with stripe.app.store.transaction():
        session = stripe.app.store.get("checkout.session", session_id)
        stripe.app.store.save(session | {"status": "expired", "url": None})
    assert come_back(payer, share) == "expired"


def test_the_return_page_and_the_event_book_one_payment(stripe, payer, share):
    stripe.payer.pay(open_attempt(share, by=payer_of(share)))
    assert come_back(payer, share) == "received"
    stripe.deliver()
    assert come_back(payer, share) == "received"
    assert LedgerTransaction.objects.filter(kind="charge").count() == 1


def test_looking_again_and_again_asks_stripe_once(stripe, payer, share):
    open_attempt(share, by=payer_of(share))
    stripe.http.calls.clear()
    page = address("return", share.attempts.get())
    for _ in range(5):
        payer.get(page)
    assert len(stripe.http.calls) == 1


def test_stripe_out_of_reach_is_said_on_the_page_one_came_from(stripe, payer, share):
    for _ in range(3):
        stripe.app.faults.add("answer_500", "/v1/checkout/sessions")
    page = address("share", share)
    answer = payer.post(
        address("pay", share), headers={"Referer": "http://testserver" + page}
    )
    assert answer["Location"].endswith(page)
    assert "cannot be reached" in payer.get(page).content.decode()


def test_many_fees_cost_no_more_queries_than_one(payer, share):
    payer.get(reverse("payments:fees"))
    with CaptureQueriesContext(connection) as one:
        payer.get(reverse("payments:fees"))
    person = payer_of(share)
    for other in (make_fee().shares.first() for _ in range(3)):
        other.party.organisation.memberships.create(user=person, role="owner")
    with CaptureQueriesContext(connection) as many:
        assert len(payer.get(reverse("payments:fees")).context["shares"]) == 4
    assert len(many) == len(one)


def test_a_waiver_is_asked_for_with_a_reason(payer, share):
    page = address("waiver", share)
    assert payer.post(page, {"note": "x"}).status_code == 422
    assert payer.post(page, {"because": "nonsense"}).status_code == 422
    assert payer.post(page, {"because": "means", "note": "x" * 501}).status_code == 422
    assert not Adjustment.objects.exists()
    answer = payer.post(page, {"because": "means", "note": "<b>זה</b>"}, follow=True)
    assert "waiting for a decision" in answer.content.decode()
    assert Adjustment.objects.get().note == "<b>זה</b>"


def test_a_transfer_is_asked_for_once(payer, share):
    for _ in range(2):
        payer.post(address("transfer", share))
    assert Discrepancy.objects.filter(kind="transfer_asked").count() == 1
    text = payer.get(address("share", share)).content.decode()
    assert "You have asked to pay by transfer" in text
    assert "Pay by transfer" not in text


def test_a_paid_share_and_a_waived_one_look_the_same_to_a_partner(stripe, client):
    own, paid, waived = make_fee(ownership=(4000, 3000, 3000)).shares.order_by("pk")
    stripe.payer.pay(open_attempt(paid, by=payer_of(paid)))
    stripe.deliver()
    request = request_waiver(waived, by=payer_of(waived), because="means")
    approve_waiver(request, by=officer())
    client.force_login(payer_of(own))
    for page in (reverse("payments:fees"), address("share", own)):
        text = client.get(page).content.decode()
        rows = [row for row in text.split("<li>") if 'status--ok">settled' in row]
        names = [row.partition("<bdi>")[2].partition("<")[0] for row in rows]
        assert sorted(names) == sorted(
            share.party.organisation.legal_name for share in (paid, waived)
        )
        one, other = (
            row.partition("</li>")[0].replace(name, "")
            for row, name in zip(rows, names, strict=True)
        )
        assert one == other


def test_a_share_is_divided_by_a_button_and_shows_its_parts(client):
    make_schedule(2400_00, most_instalments=3, instalment_over_minor=100_00)
    share = raise_fee(make_agreed_venture()).shares.first()
    client.force_login(payer_of(share))
    text = client.get(address("share", share)).content.decode()
    assert address("divide", share) in text
    assert client.post(address("divide", share), {"count": "x"}).status_code == 302
    client.post(address("divide", share), {"count": "3"})
    text = client.get(address("share", share)).content.decode()
    assert text.count("US$400.00") > 3


def test_what_was_paid_may_be_asked_back_by_a_button(stripe, payer, share):
    stripe.payer.pay(open_attempt(share, by=payer_of(share)).partition("?")[0])
    stripe.deliver()
    assert (
        address("refund", share) in payer.get(address("share", share)).content.decode()
    )
    payer.post(address("refund", share))
    text = payer.get(address("share", share)).content.decode()
    assert address("refund", share) not in text
    assert "You have asked for a refund" in text


def test_a_transfer_leads_to_a_page_with_the_reference(payer, share, settings):
    bank = {"holder": "The programme", "bank": "B", "iban": "XX00 1234", "bic": ""}
    settings.PROGRAMME_BANK = {share.currency_id: bank}
    assert payer.get(address("transfer", share)).status_code == 302
    answer = payer.post(address("transfer", share), follow=True)
    share.refresh_from_db()
    text = answer.content.decode()
    assert spoken(share.reference) in text
    assert "XX00 1234" in text
    assert not Discrepancy.objects.exists()
