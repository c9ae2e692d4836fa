"""Taking, ending and keeping an investor seat; the money is Stripe's to collect.

As with a fee: short transactions with the calls between them, the row first.
"""

from contextlib import suppress

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.log_actions import log

from marketplace.mandates.permissions import has_free_seat
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User
from marketplace.refusals import require
from payments.exceptions import (
    CheckoutUnavailable,
    HasSeat,
    PlanNotOffered,
    ScreeningNeeded,
)
from payments.gateway import (
    GatewayError,
    GatewayRefused,
    get_gateway,
)
from payments.models import Plan, Subscription
from payments.modes import current_mode, deployment
from payments.screening import is_screened
from payments.seat_facts import SeatOrder
from payments.seat_sync import abandon, sync_subscription

LABEL = "Investor seat"  # banks read it: neutral, and the same for everybody


def open_seat_page(
    organisation: Organisation, plan: Plan, *, by: User, language: str = ""
) -> str:
    """The address of the page where a seat is taken; safe to click twice."""
    language = language or by.language
    try:
        for _try in range(2):
            row = _claim(organisation, plan, by, language)
            if row.plan_id == plan.pk and row.page_ends_at > timezone.now():
                return _page_of(row, language)
            leave(row)
    except GatewayError as error:
        raise CheckoutUnavailable from error
    raise CheckoutUnavailable


@transaction.atomic(durable=True)
def _claim(
    organisation: Organisation, plan: Plan, by: User, language: str
) -> Subscription:
    """The page that is open already, or a new row if a seat may be taken."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(can_act_for(by, organisation))
    if not is_screened(organisation):
        raise ScreeningNeeded
    if not plan.is_offered or not plan.currency.takes_card(plan.amount):
        raise PlanNotOffered
    mode = current_mode()
    live = organisation.subscriptions.live().filter(mode=mode).first()
    if has_free_seat(organisation) or (
        live is not None and live.status != Subscription.OPENING
    ):
        raise HasSeat
    if live is not None:
        return live
    row = Subscription.objects.create(
        organisation=organisation,
        plan=plan,
        currency=plan.currency,
        amount_minor=plan.amount_minor,
        interval=plan.interval,
        trial_days=_trial(organisation, plan),
        mode=mode,
        language=language,
        customer_id=_customer(organisation, mode),
        started_by=by,
    )
    log(row, "payments.seat_asked", user=by)
    return row


def _trial(organisation: Organisation, plan: Plan) -> int:
    """One trial an organisation, whatever became of it."""
    had_one = organisation.subscriptions.filter(trial_end__isnull=False).exists()
    return 0 if had_one else plan.trial_days


def _customer(organisation: Organisation, mode: str) -> str:
    known = organisation.subscriptions.filter(mode=mode).exclude(customer_id="")
    return known.values_list("customer_id", flat=True).first() or ""


def order_of(row: Subscription) -> SeatOrder:
    """What is asked of Stripe: made of the row, so that a repeat is the same."""
    with translation.override(row.language):
        back = settings.SITE_URL + reverse("payments:seat_return", args=[row.public_id])
    return SeatOrder(
        reference=row.public_id,
        deployment=deployment(),
        amount=row.amount,
        interval=row.interval,
        trial_days=row.trial_days,
        label=LABEL,
        locale="en",  # as for a fee: Stripe has neither Hebrew nor Arabic
        customer_id=row.customer_id,
        success_url=back,
        cancel_url=back,
        expires_at=row.page_ends_at,
    )


def _page_of(row: Subscription, language: str) -> str:
    if not row.session_id:
        page = get_gateway().open_seat(order_of(row))
        row = _note_page(row, page.session_id, page.url)
    speaks = current_mode().speaks_our_languages
    return f"{row.checkout_url}?lang={language}" if speaks else row.checkout_url


@transaction.atomic(durable=True)
def _note_page(row: Subscription, session_id: str, url: str) -> Subscription:
    row = Subscription.objects.locked(row.pk)
    row.session_id, row.checkout_url = session_id, url
    row.save(update_fields=["session_id", "checkout_url"])
    return row


def leave(row: Subscription) -> None:
    """Close a page of another plan or day, and believe only what Stripe then says."""
    if not row.session_id:
        try:
            _page_of(row, row.language)
        except GatewayRefused:
            abandon(row)  # Stripe never made a page, and makes none any more
            return
        row.refresh_from_db()
    # Used or expired meanwhile: what counts is what is fetched next.
    with suppress(GatewayRefused):
        get_gateway().expire_checkout(row.session_id)
    sync_subscription(row)


def cancel_seat(row: Subscription, *, by: User) -> None:
    """The seat runs to the end of what is paid, and is not renewed."""
    _change(row, by, ends=True, act="payments.seat_canceled")


def keep_seat(row: Subscription, *, by: User) -> None:
    """A cancellation is taken back while the seat still runs."""
    _change(row, by, ends=False, act="payments.seat_kept")


def _change(row: Subscription, by: User, *, ends: bool, act: str) -> None:
    require(can_act_for(by, row.organisation))
    if not row.subscription_id or row.status in Subscription.OVER:
        raise PlanNotOffered
    try:
        get_gateway().change_seat(row.subscription_id, ends_with_period=ends)
        sync_subscription(row)
    except GatewayError as error:
        raise CheckoutUnavailable from error
    log(row, act, user=by)
