"""Paying by card: from the click to Stripe's page, at most one live page a share.

These actions speak to Stripe, so they are short transactions with the calls between
them: the row first, then the call built from the row, then its answer. A crash at
any point leaves a row that `resume_attempts` finishes.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from wagtail.log_actions import log

from marketplace.money import Money
from marketplace.people.models import User
from marketplace.refusals import require
from payments import ledger
from payments.exceptions import (
    AlreadySettled,
    CardNotPossible,
    CheckoutUnavailable,
    ScreeningNeeded,
    TransferPending,
)
from payments.gateway import (
    CallDiffers,
    Checkout,
    CheckoutOrder,
    GatewayRefused,
    GatewayUnavailable,
    get_gateway,
)
from payments.models import PaymentAttempt, Share
from payments.modes import current_mode, deployment
from payments.permissions import can_pay
from payments.screening import is_screened
from payments.sync import sync_attempt

State = PaymentAttempt.State
LABEL = "Programme fee"  # banks read it: neutral, and the same for everybody
CLOCKS_MAY_DIFFER = timedelta(minutes=5)


def open_attempt(share: Share, *, by: User, language: str = "") -> str:
    """The address of the page where this share is paid; safe to click twice.

    A page that is still good is used again. One that is not is closed first, and
    if it turns out to have been paid, `AlreadySettled` says so. `language` is the
    one the payer reads in, by default the payer's own.
    """
    language = language or by.language
    for _try in range(3):
        attempt, due = _claim(share, by, language)
        if not attempt.is_still_useful or attempt.amount != due:
            supersede(attempt)
            continue
        address = attempt.checkout_url
        if attempt.state == State.CREATING:
            address = resume_attempt(attempt)
        if address:
            return _in_language(address, language)
    raise CheckoutUnavailable


def _in_language(address: str, language: str) -> str:
    """Only the development Stripe has a page in Hebrew and in Arabic."""
    speaks = current_mode().speaks_our_languages
    return f"{address}?lang={language}" if speaks else address


@transaction.atomic(durable=True)
def _claim(share: Share, by: User, language: str) -> tuple[PaymentAttempt, Money]:
    """The live attempt of a share, or a new one if it may be paid by card.

    Beside it what is to be paid now, which a live attempt may no longer ask for.
    """
    share = Share.objects.locked(share.pk)
    require(can_pay(by, share))
    due = ledger.payable_now(share)
    if due.minor == 0:
        raise AlreadySettled
    if not is_screened(share.party.organisation):
        raise ScreeningNeeded
    live = share.attempts.live().first()
    if live is not None and live.method != PaymentAttempt.Method.STRIPE_CHECKOUT:
        raise TransferPending
    if share.fee.mode != current_mode() or not share.currency.takes_card(due):
        raise CardNotPossible
    if live is not None:
        return live, due
    attempt = PaymentAttempt.objects.create(
        share=share,
        amount_minor=due.minor,
        currency_id=due.currency,
        language=language,
        mode=current_mode(),
        livemode=current_mode().is_live,
        started_by=by,
    )
    log(attempt, "payments.attempt_started", user=by)
    return attempt, due


def order_of(attempt: PaymentAttempt) -> CheckoutOrder:
    """What is asked of Stripe: made of the row, so that a repeat is the same."""
    with translation.override(attempt.language):
        back = reverse("payments:return", args=[attempt.public_id])
    return CheckoutOrder(
        reference=UUID(str(attempt.public_id)),
        deployment=deployment(),
        amount=attempt.amount,
        label=LABEL,
        locale="en",  # Stripe has neither Hebrew nor Arabic: said before, not guessed
        success_url=settings.SITE_URL + back,
        cancel_url=settings.SITE_URL + back,
        expires_at=attempt.expires_at,
    )


def resume_attempt(attempt: PaymentAttempt) -> str:
    """Ask for the page of an attempt whose answer is missing; "" if there is none."""
    checkout: Checkout | None
    try:
        if attempt.may_be_repeated:
            checkout = get_gateway().open_checkout(order_of(attempt))
        else:
            checkout = find_checkout(attempt)
    except GatewayUnavailable as error:
        raise CheckoutUnavailable from error
    except CallDiffers:
        # The address of the site has changed since: the first page still stands.
        checkout = find_checkout(attempt)
    except GatewayRefused as error:
        _give_up(attempt, error.code)
        raise CardNotPossible from error
    if checkout is None:
        _give_up(attempt, "not_found")
        return ""
    return _note_page(attempt, checkout)


def find_checkout(attempt: PaymentAttempt) -> Checkout | None:
    """The page that Stripe made for an attempt, if it made one."""
    since = attempt.created_at - CLOCKS_MAY_DIFFER
    for checkout in get_gateway().find_checkouts(since=since):
        if checkout.reference == str(attempt.public_id):
            return checkout
    return None


@transaction.atomic(durable=True)
def _note_page(attempt: PaymentAttempt, checkout: Checkout) -> str:
    """The page is known: the attempt is open, unless something came of it already."""
    attempt = PaymentAttempt.objects.locked(attempt.pk)
    if attempt.state == State.CREATING:
        attempt.session_id = checkout.session_id
        attempt.checkout_url = checkout.url
        attempt.save(update_fields=["session_id", "checkout_url"])
        PaymentAttempt.lifecycle.advance(attempt, to=State.OPEN)
    return attempt.checkout_url if attempt.state == State.OPEN else ""


@transaction.atomic(durable=True)
def _give_up(attempt: PaymentAttempt, code: str) -> None:
    attempt = PaymentAttempt.objects.locked(attempt.pk)
    if attempt.state == State.CREATING:
        attempt.error_code = code[:60]
        attempt.save(update_fields=["error_code"])
        PaymentAttempt.lifecycle.advance(attempt, to=State.ABANDONED)


def supersede(attempt: PaymentAttempt) -> None:
    """Close the page of a live attempt, and believe only what Stripe then says.

    Afterwards the attempt is expired, paid or given up; `CheckoutUnavailable` where
    Stripe cannot be asked.
    """
    try:
        if not attempt.session_id:
            resume_attempt(attempt)
            attempt.refresh_from_db()
        if attempt.session_id:
            _close(attempt.session_id)
            sync_attempt(attempt)
    except CardNotPossible:
        return  # Stripe never made a page, and the attempt is given up
    except GatewayUnavailable as error:
        raise CheckoutUnavailable from error


def _close(session_id: str) -> None:
    try:
        get_gateway().expire_checkout(session_id)
    except GatewayRefused:
        return  # paid or expired meanwhile: what counts is what is fetched next


def supersede_live(share: Share) -> None:
    """Close whatever page of a share is open, before it is settled another way."""
    for attempt in share.attempts.live().by_card():
        supersede(attempt)
