"""A bank that asks the card's holder: when a card is kept, and when it is to pay later."""

import pytest
import stripe

from tests.payments.wsgi_http_client import BASE_URL, Payer

from .conftest import seat_order
from .seats import (
    ASKS_ALWAYS,
    FAILS_LATER,
    change_order,
    setup_order,
    status_of,
    types_of,
)

ASKS_ONCE = "4000002500003155"


def open_bill(api):
    (bill,) = api.invoices.list({"status": "open"}).data
    return bill


def intent_of(api, bill):
    paid = api.invoices.retrieve(bill.id, {"expand": ["payments"]}).payments.data[0]
    return api.payment_intents.retrieve(paid.payment.payment_intent)


@pytest.mark.parametrize("approved", [True, False])
def test_a_card_is_kept_once_its_holder_has_answered(api, payer, approved):
    session = api.checkout.sessions.create(seat_order())
    asked = payer.pay(session.url, ASKS_ONCE, email="p@example.org")
    assert (asked.status, asked.location.partition("?")[0]) == (
        303,
        session.url.removeprefix(BASE_URL) + "/challenge",
    )
    assert api.subscriptions.list().data == []
    page = f"{session.url}/challenge"
    assert "3-D Secure" in payer.look(page).text
    back = payer.answer_bank(page, complete=approved)
    assert back.status == 303
    assert len(api.subscriptions.list().data) == approved
    if not approved:
        assert "did not confirm" in payer.look(BASE_URL + back.location).text


def test_a_card_that_was_asked_about_once_pays_by_itself(app, api, begin):
    subscription = begin(ASKS_ONCE)
    app.moved.move(15)
    assert status_of(api, subscription) == "active"


def test_a_card_that_always_asks_is_past_due_until_its_holder_answers(
    app, api, payer, begin
):
    subscription = begin(ASKS_ALWAYS)
    app.moved.move(15)
    assert status_of(api, subscription) == "past_due"
    assert "invoice.payment_action_required" in types_of(app)
    bill = open_bill(api)
    assert intent_of(api, bill).status == "requires_action"
    page = payer.look(bill.hosted_invoice_url)
    assert "ILS 123.45" in page.text
    assert payer.answer_bank(bill.hosted_invoice_url, complete=True).status == 200
    assert status_of(api, subscription) == "active"
    assert intent_of(api, bill).status == "succeeded"
    (charge,) = api.charges.list().data
    details = charge.payment_method_details.card.three_d_secure
    assert details.result == "authenticated"
    assert "complete" in payer.look(bill.hosted_invoice_url).text
    app.moved.move(31)
    assert status_of(api, subscription) == "past_due"


def test_who_fails_the_check_is_asked_again_at_the_next_try(app, api, payer, begin):
    subscription = begin(ASKS_ALWAYS)
    app.moved.move(15)
    bill = open_bill(api)
    assert payer.answer_bank(bill.hosted_invoice_url, complete=False).status == 402
    assert intent_of(api, bill).status == "requires_payment_method"
    assert payer.look(bill.hosted_invoice_url).status == 410
    app.moved.move(3)
    assert status_of(api, subscription) == "past_due"
    assert intent_of(api, bill).status == "requires_action"


def test_a_bill_that_asks_is_paid_by_another_card_too(app, api, payer, begin):
    subscription = begin(ASKS_ALWAYS)
    app.moved.move(15)
    customer = api.subscriptions.retrieve(subscription).customer
    session = api.checkout.sessions.create(setup_order(customer))
    payer.pay(session.url)
    kept = api.checkout.sessions.retrieve(session.id, {"expand": ["setup_intent"]})
    method = {"payment_method": kept.setup_intent.payment_method}
    bill = open_bill(api)
    assert api.invoices.pay(bill.id, method).status == "paid"
    assert intent_of(api, bill).status == "succeeded"
    assert len(api.charges.list().data) == 1


def test_paying_a_bill_over_the_api_with_a_card_that_asks_leaves_the_question(
    app, api, payer, begin
):
    subscription = begin(FAILS_LATER)
    app.moved.move(15)
    customer = api.subscriptions.retrieve(subscription).customer
    session = api.checkout.sessions.create(setup_order(customer))
    payer.pay(session.url, ASKS_ALWAYS)
    payer.answer_bank(f"{session.url}/challenge", complete=True)
    kept = api.checkout.sessions.retrieve(session.id, {"expand": ["setup_intent"]})
    method = kept.setup_intent.payment_method
    bill = open_bill(api)
    with pytest.raises(stripe.CardError) as refused:
        api.invoices.pay(bill.id, {"payment_method": method})
    assert refused.value.code == "invoice_payment_intent_requires_action"
    assert intent_of(api, bill).status == "requires_action"
    assert open_bill(api).attempt_count == bill.attempt_count


def test_a_dearer_plan_waits_for_the_bank_and_is_made_by_its_answer(
    app, api, payer, begin
):
    subscription = begin(ASKS_ALWAYS, subscription_data={"metadata": {"seat": "1"}})
    api.subscriptions.update(subscription, change_order(api, subscription))
    waiting = api.subscriptions.retrieve(subscription)
    assert waiting.pending_update is not None
    page = open_bill(api).hosted_invoice_url
    assert payer.answer_bank(page, complete=True).status == 200
    made = api.subscriptions.retrieve(subscription)
    assert made.pending_update is None
    assert made["items"]["data"][0].price.unit_amount == 99_999


@pytest.mark.parametrize(
    ("language", "words"), [("he", "הבנק מבקש"), ("ar", "يطلب المصرف")]
)
def test_the_bills_page_speaks_the_payers_language(app, api, begin, language, words):
    begin(ASKS_ALWAYS)
    app.moved.move(15)
    page = Payer(app, language).look(open_bill(api).hosted_invoice_url)
    assert words in page.text
    assert 'dir="rtl"' in page.text


def test_only_the_bills_own_page_answers_for_it(app, api, payer, begin):
    begin(ASKS_ALWAYS)
    app.moved.move(15)
    bill = open_bill(api)
    assert payer.look(f"{BASE_URL}/i/in_1unknown").status == 404
    foreign = payer.submit(bill.hosted_invoice_url.replace("127.0.0.1", "localhost"))
    assert foreign.status == 404
    assert open_bill(api).status == "open"
