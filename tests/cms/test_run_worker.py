"""The clocks: each is a command that exists, and a round of them does the work."""

import io

import pytest
from django.core.management import call_command, get_commands

from cms.management.commands.run_worker import HOURLY, SWEEPS


def test_every_clock_is_a_command():
    assert {*SWEEPS, *HOURLY} <= set(get_commands())


def test_payments_are_compared_with_stripe_by_the_worker_itself():
    assert "reconcile_payments" in HOURLY


@pytest.mark.django_db
def test_one_clock_that_fails_stops_no_other(monkeypatch):
    ran = []

    def call(name, **options):
        ran.append(name)
        raise RuntimeError("of this clock")

    monkeypatch.setattr("cms.management.commands.run_worker.call_command", call)
    errors = io.StringIO()
    call_command("run_worker", "--once", stderr=errors)
    assert ran == [*SWEEPS, *HOURLY]
    assert "reconcile_payments: RuntimeError" in errors.getvalue()
    assert "of this clock" not in errors.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("name", SWEEPS)
def test_a_clock_that_finds_nothing_to_do_is_silent(name):
    said, errors = io.StringIO(), io.StringIO()
    call_command(name, stdout=said, stderr=errors, verbosity=0)
    assert (said.getvalue(), errors.getvalue()) == ("", "")
