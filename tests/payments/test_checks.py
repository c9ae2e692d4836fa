"""The matrix of modes, and the guards that must be there."""

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from payments import checking, checks, triggers
from payments.actions.checkout import open_attempt
from payments.models import LedgerTransaction, PaymentAttempt, Share
from tests.payments.rows import make_fee, payer_of

GOOD = {
    "PAYMENTS_MODE": "sandbox",
    "DEBUG": True,
    "ALLOW_SANDBOX_IN_DEMO": False,
    "STRIPE_KEY": "sk_test_x",
    "STRIPE_WEBHOOK_SECRETS": ["whsec_x"],
    "STRIPE_WEBHOOK_PATH": "x",
    "SITE_URL": "http://127.0.0.1:8000",
}
LIVE = GOOD | {
    "PAYMENTS_MODE": "stripe_live",
    "DEBUG": False,
    "STRIPE_KEY": "rk_live_x",
    "SITE_URL": "https://gesher.example",
}


def faults(settings, values):
    for name, value in values.items():
        setattr(settings, name, value)
    return [message.id for message in checks.modes_and_keys()]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (GOOD, []),
        (GOOD | {"PAYMENTS_MODE": ""}, ["payments.E001"]),
        (GOOD | {"PAYMENTS_MODE": "live"}, ["payments.E001"]),
        (GOOD | {"DEBUG": False}, ["payments.E002"]),
        (GOOD | {"DEBUG": False, "ALLOW_SANDBOX_IN_DEMO": True}, []),
        (GOOD | {"STRIPE_KEY": "rk_live_x"}, ["payments.E003"]),
        (GOOD | {"STRIPE_KEY": ""}, ["payments.E003"]),
        (GOOD | {"PAYMENTS_MODE": "stripe_test", "DEBUG": False}, []),
        (LIVE, []),
        (LIVE | {"STRIPE_KEY": "sk_live_x"}, ["payments.E004"]),
        (LIVE | {"STRIPE_KEY": "sk_test_x"}, ["payments.E004"]),
        (LIVE | {"DEBUG": True}, ["payments.E005"]),
        (LIVE | {"SITE_URL": "http://gesher.example"}, ["payments.E006"]),
        (LIVE | {"STRIPE_WEBHOOK_SECRETS": [""]}, ["payments.E007"]),
        (LIVE | {"STRIPE_WEBHOOK_PATH": ""}, ["payments.E008"]),
    ],
)
def test_each_mode_has_its_key_its_address_and_its_debug(settings, values, expected):
    assert faults(settings, values) == expected


@pytest.mark.django_db
def test_the_guards_are_all_there():
    assert triggers.missing(connection) == []
    assert checks.guards_and_history(databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_a_missing_guard_is_found_by_check_and_by_the_ledgers_own():
    with connection.schema_editor() as editor:
        triggers.lift(editor)
    found = run_checks(tags=["database"], databases=["default"])
    assert "payments.E009" in {message.id for message in found}
    assert any("ledger_leg_keeps" in breach for breach in checking.breaches())
    executor = MigrationExecutor(connection)
    (last,) = executor.loader.graph.leaf_nodes("payments")
    executor.recorder.record_unapplied(*last)
    # What waits for its migration must not refuse `migrate` itself.
    assert checks.guards_and_history(databases=["default"]) == []
    executor.recorder.record_applied(*last)
    with connection.schema_editor() as editor:
        triggers.install(editor)
    assert triggers.missing(connection) == []


@pytest.mark.django_db
def test_a_database_with_real_payments_does_not_become_a_sandbox(settings):
    settings.PAYMENTS_MODE = "stripe_live"
    make_fee()
    assert LedgerTransaction.objects.get().mode == "stripe_live"
    settings.PAYMENTS_MODE = "sandbox"
    found = checks.guards_and_history(databases=["default"])
    assert [message.id for message in found] == ["payments.E010"]


# -- commands ---------------------------------------------------------------------


@pytest.mark.django_db
def test_a_sound_ledger_passes_and_says_its_sums(capsys):
    make_fee()
    call_command("check_ledger")
    assert "sandbox USD: 0" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_state_that_its_postings_do_not_say_is_a_breach(capsys):
    share = make_fee().shares.first()
    Share.objects.filter(pk=share.pk).update(state="paid")
    with pytest.raises(CommandError):
        call_command("check_ledger")
    assert str(share.public_id) in capsys.readouterr().err


@pytest.mark.django_db
def test_reconciling_finds_a_page_that_nobody_here_knows(stripe):
    share = make_fee().shares.first()
    open_attempt(share, by=payer_of(share))
    call_command("reconcile_payments", verbosity=0)
    PaymentAttempt.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("reconcile_payments", verbosity=0)


@pytest.mark.django_db
def test_reconciling_books_a_payment_no_event_told_of(stripe):
    share = make_fee().shares.first()
    stripe.payer.pay(open_attempt(share, by=payer_of(share)))
    call_command("reconcile_payments", verbosity=0)
    share.refresh_from_db()
    assert share.state == "paid"


@pytest.mark.django_db
def test_the_account_says_what_it_is(stripe, capsys):
    call_command("check_payments")
    assert "Not real money" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_clocks_run_with_nothing_to_do(stripe):
    call_command("retry_stripe_events", verbosity=0)
    call_command("resume_attempts", verbosity=0)
    assert stripe.http.calls == []
