"""Paying by bank: asked for by a partner, recorded by one of finance, confirmed
by another; only then booked."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.exceptions import MoveNotAllowed
from marketplace.money import Money, WrongCurrency
from marketplace.organisations.models import Organisation
from marketplace.people.models import User
from marketplace.refusals import require
from payments import ledger
from payments.actions.checkout import supersede_live
from payments.exceptions import (
    AlreadyRecorded,
    AlreadySettled,
    ScreeningNeeded,
    TransferPending,
)
from payments.matters import note
from payments.models import Discrepancy, OfflinePayment, PaymentAttempt, Share
from payments.models.ledger import Account
from payments.modes import Mode
from payments.permissions import (
    can_confirm_transfer,
    can_pay,
    can_record_cash,
    can_record_transfer,
)
from payments.references import new_reference
from payments.screening import is_screened
from payments.settling import settle


@transaction.atomic
def ask_for_transfer(share: Share, *, by: User) -> Share:
    """A partner pays by bank: the share gets the reference to write on the transfer.

    Finance is asked for the bank details where the site has none for the currency.
    """
    share = Share.objects.locked(share.pk)
    require(can_pay(by, share))
    due = ledger.open_amount(share)
    if due.minor == 0:
        raise AlreadySettled
    if not is_screened(share.party.organisation):
        raise ScreeningNeeded
    if share.reference is None:
        share.reference = new_reference()
        share.save(update_fields=["reference"])
    if share.currency_id in settings.PROGRAMME_BANK:
        return share
    about = f"share:{share.public_id}"
    kind = Discrepancy.Kind.TRANSFER_ASKED
    if Discrepancy.objects.unresolved().filter(kind=kind, about=about).exists():
        return share  # finance knows already
    note(
        kind,
        about,
        expected=f"{due.minor} {due.currency}",
    )
    log(share, "payments.transfer_asked", user=by)
    return share


@dataclass(frozen=True, slots=True)
class Received:
    """What one person saw: an amount, under a reference, on a day; `method` says how.

    `taken_by` is the organisation that took cash over its desk.
    """

    amount: Money
    reference: str
    received_on: date
    method: str = PaymentAttempt.Method.BANK_TRANSFER
    taken_by: Organisation | None = None


def record_transfer(
    share: Share, *, amount: Money, reference: str, received_on: date, by: User
) -> OfflinePayment:
    """Note money seen on the statement; any open card page is closed first."""
    require(can_record_transfer(by, share))
    supersede_live(share)
    return _record(share, Received(amount, reference, received_on), by)


def record_cash(
    share: Share,
    *,
    amount: Money,
    reference: str,
    received_on: date,
    taken_by: Organisation,
    by: User,
) -> OfflinePayment:
    """Note cash that a partner organisation took; `reference` is its own receipt's."""
    require(can_record_cash(by, share, taken_by))
    supersede_live(share)
    cash = PaymentAttempt.Method.CASH
    received = Received(amount, reference, received_on, cash, taken_by)
    return _record(share, received, by)


@transaction.atomic(durable=True)
def _record(share: Share, received: Received, by: User) -> OfflinePayment:
    share = Share.objects.locked(share.pk)
    amount = received.amount
    if amount.currency != share.currency_id:
        raise WrongCurrency
    if ledger.open_amount(share).minor == 0:
        raise AlreadySettled
    return write_received(share, received, by)


def write_received(share: Share, received: Received, by: User) -> OfflinePayment:
    """The rows of money that was seen; inside a transaction that holds the share."""
    amount = received.amount
    if share.attempts.live().exists():
        raise TransferPending
    if OfflinePayment.objects.filter(
        bank_reference=received.reference, received_on=received.received_on
    ).exists():
        raise AlreadyRecorded
    attempt = PaymentAttempt.objects.create(
        share=share,
        method=received.method,
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
        bank_reference=received.reference,
        received_on=received.received_on,
        taken_by=received.taken_by,
        recorded_by=by,
    )
    log(payment, "payments.transfer_recorded", user=by)
    return payment


@transaction.atomic
def reject_transfer(payment: OfflinePayment, *, by: User) -> OfflinePayment:
    """A second person does not find the money: nothing is booked, the share is free."""
    require(can_confirm_transfer(by, payment))
    attempt = PaymentAttempt.objects.locked(payment.attempt_id)
    PaymentAttempt.lifecycle.advance(attempt, to=PaymentAttempt.State.ABANDONED)
    log(payment, "payments.transfer_rejected", user=by)
    log(attempt.paid_for, "payments.transfer_rejected", user=by)
    return payment


@transaction.atomic
def confirm_transfer(payment: OfflinePayment, *, by: User) -> OfflinePayment:
    """A second person has seen the same money: it is booked and settles the share."""
    require(can_confirm_transfer(by, payment))
    attempt = PaymentAttempt.objects.locked(payment.attempt_id)
    share = attempt.share
    if share is None or not attempt.is_live:
        raise MoveNotAllowed  # rejected meanwhile, or confirmed
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
