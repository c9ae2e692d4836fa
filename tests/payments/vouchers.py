"""Vouchers asked for, issued and redeemed by whoever may."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone, translation

from marketplace.money import Money
from payments.actions.vouchers import (
    issue_voucher,
    redeem_voucher,
    request_voucher,
)
from tests.payments.officers import make_officer
from tests.payments.rows import make_currencies, payer_of


def ask(minor=50_00, currency="USD", by=None, days=30):
    make_currencies()
    return request_voucher(
        sponsor="A foundation",
        amount=Money(minor, currency),
        expires_on=timezone.localdate() + timedelta(days),
        by=by or make_officer(),
    )


def issue(minor=50_00, currency="USD", **more):
    return issue_voucher(ask(minor, currency, **more), by=make_officer())


def redeem(share, code, minor=50_00):
    gives = Money(minor, share.currency_id)
    return redeem_voucher(share, code, gives=gives, by=payer_of(share))


def page(share, language="en"):
    with translation.override(language):
        return reverse("payments:voucher", args=[share.public_id])
