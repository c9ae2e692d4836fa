"""Lists by cursor and filter, and ids that open into objects."""

import pytest
import stripe

from .conftest import NOW


def names(page):
    return [customer.name for customer in page.data]


@pytest.fixture
def people(api, clock):
    made = []
    for name in "ABCDE":
        made.append(
            api.customers.create({"name": name, "email": f"{name}@example.org"})
        )
        clock.now += 10
    return made


def test_lists_are_newest_first_and_turn_by_cursor(api, people):
    first = api.customers.list({"limit": 2})
    second = api.customers.list({"limit": 2, "starting_after": first.data[-1].id})
    back = api.customers.list({"limit": 2, "ending_before": second.data[0].id})

    assert (names(first), first.has_more) == (["E", "D"], True)
    assert names(second) == ["C", "B"]
    assert (names(back), back.has_more) == (["E", "D"], False)
    assert [c.name for c in api.customers.list({"limit": 2}).auto_paging_iter()] == [
        "E",
        "D",
        "C",
        "B",
        "A",
    ]


def test_lists_are_filtered(api, people):
    since = api.customers.list({"created": {"gte": NOW + 20, "lt": NOW + 40}})

    assert names(since) == ["D", "C"]
    assert names(api.customers.list({"email": "A@example.org"})) == ["A"]


def test_a_customer_is_changed_in_the_named_fields_only(api, people):
    api.customers.update(people[0].id, {"metadata": {"a": "1", "b": "2"}})

    changed = api.customers.update(people[0].id, {"metadata": {"a": ""}, "name": "Z"})

    assert (changed.name, changed.email) == ("Z", "A@example.org")
    assert changed.metadata.to_dict() == {"b": "2"}


def test_sessions_are_found_by_state_and_intent(api, payer, open_session):
    paid, waiting = open_session(), open_session()
    payer.pay(paid.url)
    intent = api.checkout.sessions.retrieve(paid.id).payment_intent

    def found(**asked):
        return [s.id for s in api.checkout.sessions.list(asked).data]

    assert found() == [waiting.id, paid.id]
    assert found(status="open") == [waiting.id]
    assert found(payment_intent=intent) == [paid.id]


def test_expand_reaches_into_lists(api, payer, open_session):
    payer.pay(open_session().url)

    page = api.checkout.sessions.list(
        {"expand": ["data.payment_intent.latest_charge", "data.line_items"]}
    )

    assert page.data[0].payment_intent.latest_charge.amount == 12_345
    assert page.data[0].line_items.data[0].quantity == 1


def test_line_items_have_their_own_address(api, open_session):
    lines = api.checkout.sessions.line_items.list(open_session().id)

    assert [line.amount_total for line in lines.data] == [12_345]


def test_expanding_what_is_no_reference_is_refused(api, open_session):
    session = open_session()

    for path in ("amount_total", "a.b.c.d.e"):
        with pytest.raises(stripe.InvalidRequestError):
            api.checkout.sessions.retrieve(session.id, {"expand": [path]})


def test_there_are_no_disputes_and_one_account(api):
    assert api.disputes.list().data == []
    assert api.accounts.retrieve_current().charges_enabled is True


def test_balance_transactions_are_found_by_their_source(api, payer, open_session):
    payer.pay(open_session().url)
    charge = api.charges.list().data[0]

    entry = api.balance_transactions.list({"source": charge.id}).data[0]

    assert entry.id == charge.balance_transaction
    assert api.balance_transactions.retrieve(entry.id).type == "charge"
