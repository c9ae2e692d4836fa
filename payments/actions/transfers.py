"""Paying by bank: asked for by a partner, recorded by one of finance, confirmed
by another; only then booked."""

from datetime import UTC, date, datetime, time

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.money import Money, WrongCurrency
from marketplace.people.models import User
from marketplace.refusals import require
from payments import ledger
from payments.actions.checkout import supersede_live
from payments.exceptions import AlreadyRecorded, AlreadySettled, TransferPending
from payments.matters import note
from payments.models import Discrepancy, OfflinePayment, PaymentAttempt, Share
from payments.models.ledger import Account
from payments.modes import Mode
from payments.permissions import can_confirm_transfer, can_pay, can_record_transfer
from payments.settling import settle


@transaction.atomic
def ask_for_transfer(share: Share, *, by: User) -> None:
    """Finance is asked to send this partner the programme's bank details."""
    share = Share.objects.locked(share.pk)
    require(can_pay(by, share))
    due = ledger.open_amount(share)
    if due.minor == 0:
        raise AlreadySettled
    note(
        Discrepancy.Kind.TRANSFER_ASKED,
        f"share:{share.public_id}",
        expected=f"{due.minor} {due.currency}",
    )
    log(share, "payments.transfer_asked", user=by)


def record_transfer(
    share: Share, *, amount: Money, reference: str, received_on: date, by: User
) -> OfflinePayment:
    """Note money seen on the statement; any open card page is closed first."""
    require(can_record_transfer(by, share))
    supersede_live(share)
    return _record(share, amount, reference, received_on, by)


@transaction.atomic(durable=True)
def _record(
    share: Share, amount: Money, reference: str, received_on: date, by: User
) -> OfflinePayment:
    share = Share.objects.locked(share.pk)
    if amount.currency != share.currency_id:
        raise WrongCurrency
    if ledger.open_amount(share).minor == 0:
        raise AlreadySettled
    if share.attempts.live().exists():
        raise TransferPending
    if OfflinePayment.objects.filter(
        bank_reference=reference, received_on=received_on
    ).exists():
        raise AlreadyRecorded
    attempt = PaymentAttempt.objects.create(
        share=share,
        method=PaymentAttempt.Method.BANK_TRANSFER,
        state=PaymentAttempt.State.OPEN,
        amount_minor=amount.minor,
        currency_id=amount.currency,
        language=by.language,
        mode=share.fee.mode,
        livemode=Mode(share.fee.mode).is_live,
        started_by=by,
    )
    payment = OfflinePayment.objects.create(
        attempt=attempt,
        bank_reference=reference,
        received_on=received_on,
        recorded_by=by,
    )
    log(payment, "payments.transfer_recorded", user=by)
    return payment


@transaction.atomic
def confirm_transfer(payment: OfflinePayment, *, by: User) -> OfflinePayment:
    """A second person has seen the same money: it is booked and settles the share."""
    require(can_confirm_transfer(by, payment))
    share = Share.objects.locked(payment.attempt.share_id)
    attempt = PaymentAttempt.objects.locked(payment.attempt_id)
    PaymentAttempt.lifecycle.advance(attempt, to=PaymentAttempt.State.SUCCEEDED)
    payment.confirmed_by, payment.confirmed_at = by, timezone.now()
    payment.save(update_fields=["confirmed_by", "confirmed_at"])
    ledger.post(
        ledger.Fact(
            key=f"offline:{attempt.public_id}",
            kind=ledger.Kind.TRANSFER,
            legs=ledger.legs(
                debit=Account.BANK_CLEARING,
                credit=Account.RECEIVABLE,
                amount=attempt.amount,
            ),
            occurred_at=datetime.combine(payment.received_on, time(), tzinfo=UTC),
            mode=Mode(attempt.mode),
            source=ledger.Source.STAFF,
            fee=share.fee,
            share=share,
            attempt=attempt,
            actor=by,
        )
    )
    log(payment, "payments.transfer_confirmed", user=by)
    settle(share)
    return payment
