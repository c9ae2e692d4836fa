"""A seat moves to another plan, or is paid with another card."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.log_actions import log

from marketplace.money import Money
from marketplace.people.models import User
from marketplace.refusals import require
from payments.exceptions import (
    CheckoutUnavailable,
    NothingToConfirm,
    PlanNotOffered,
    PreviewChanged,
    ScreeningNeeded,
)
from payments.gateway import GatewayError, GatewayRefused, get_gateway
from payments.models import Plan, SeatChange, Subscription
from payments.modes import current_mode, deployment
from payments.permissions import can_decide_seat
from payments.screening import is_screened
from payments.seat_facts import CardOrder, PlanChange, SeatPage
from payments.seat_sync import sync_subscription

STANDS_FOR = 15 * 60  # seconds for which a quoted sum can be agreed to
SALT = "payments.seat_change"


@dataclass(frozen=True, slots=True)
class Quote:
    """What a change takes at once; `mark` is what is sent back to agree to it."""

    plan: Plan
    due: Money
    from_next: bool
    mark: str


def quote_change(row: Subscription, plan: Plan, *, by: User) -> Quote:
    """The sum to agree to, counted to the second; Stripe is asked, not our mirror."""
    _check(row, plan, by)
    at = timezone.now().replace(microsecond=0)
    from_next = row.waits_for_next(plan)
    due = Money(0, row.currency_id) if from_next else _due(row, plan, at)
    price = [plan.pk, plan.amount_minor, plan.interval]
    told = [str(row.public_id), *price, due.minor, at.timestamp(), from_next]
    return Quote(plan, due, from_next, signing.dumps(told, salt=SALT))


def _due(row: Subscription, plan: Plan, at: datetime) -> Money:
    change = PlanChange(row.public_id, plan.amount, plan.interval, at)
    try:
        return get_gateway().quote_plan(row.subscription_id or "", change)
    except GatewayError as error:
        raise CheckoutUnavailable from error


def _check(row: Subscription, plan: Plan, by: User) -> None:
    require(can_decide_seat(by, row))
    if not is_screened(row.organisation):
        raise ScreeningNeeded
    fits = plan in Plan.objects.beside(row) and plan.currency.takes_card(plan.amount)
    if not (row.may_move and fits):
        raise PlanNotOffered


def change_plan(row: Subscription, *, mark: str, by: User) -> SeatChange:
    """Take what was quoted, and nothing if Stripe would take another sum by now.

    A second press finds the first one's change.
    """
    change = _claim(row, mark, by)
    try:
        sync_subscription(row)
    except GatewayRefused as error:
        raise PlanNotOffered from error
    except GatewayError as error:
        raise CheckoutUnavailable from error
    change.refresh_from_db()
    if change.state == SeatChange.State.LAPSED and change.first_sent_at is None:
        raise PreviewChanged
    return change


@transaction.atomic(durable=True)
def _claim(row: Subscription, mark: str, by: User) -> SeatChange:
    row = Subscription.objects.locked(row.pk)
    require(can_decide_seat(by, row))
    seat, plan_pk, amount, interval, due, at, from_next = _read(mark)
    open_change = row.changes.open().first()
    if open_change is not None:
        if open_change.plan_id != plan_pk:
            raise PlanNotOffered
        return open_change
    plan = Plan.objects.filter(
        pk=plan_pk, amount_minor=amount, interval=interval
    ).first()
    if plan is None or seat != str(row.public_id):
        raise PreviewChanged
    _check(row, plan, by)
    if from_next != row.waits_for_next(plan):
        raise PreviewChanged
    change = SeatChange.objects.create(
        subscription=row,
        plan=plan,
        was_minor=row.amount_minor,
        due_minor=due,
        amount_minor=plan.amount_minor,
        interval=plan.interval,
        from_next=from_next,
        counted_from=datetime.fromtimestamp(at, tz=timezone.get_current_timezone()),
        asked_by=by,
    )
    log(row, "payments.seat_change_asked", user=by)
    return change


def _read(mark: str) -> tuple[str, int, int, str, int, float, bool]:
    try:
        told = signing.loads(mark, salt=SALT, max_age=STANDS_FOR)
        seat, plan_pk, amount, interval, due, at, from_next = told
    except (signing.BadSignature, ValueError) as error:
        raise PreviewChanged from error
    return seat, plan_pk, amount, interval, due, at, from_next


def keep_plan(row: Subscription, *, by: User) -> None:
    """A plan that was to begin with the next period is taken back."""
    require(can_decide_seat(by, row))
    if not row.changes.open().filter(from_next=True).exists():
        raise PlanNotOffered
    try:
        get_gateway().drop_later(row.subscription_id or "")
        sync_subscription(row)
    except GatewayError as error:
        raise CheckoutUnavailable from error
    log(row, "payments.seat_plan_kept", user=by)


def open_card_page(row: Subscription, *, by: User, language: str) -> str:
    """The address of a page for another card; the one that is open already, if any."""
    require(can_decide_seat(by, row))
    if not row.subscription_id or row.status in Subscription.OVER:
        raise PlanNotOffered
    try:
        page = _card_page(row, language)
    except GatewayError as error:
        raise CheckoutUnavailable from error
    log(row, "payments.seat_card_asked", user=by)
    return _in_language(page.url, language)


def open_bank_page(row: Subscription, *, by: User, language: str) -> str:
    """The address where the payer answers the bank; fetched anew, for it may run out."""
    require(can_decide_seat(by, row))
    if not row.subscription_id or row.status in Subscription.OVER:
        raise NothingToConfirm
    try:
        facts = get_gateway().fetch_subscription(row.subscription_id)
        if not facts.confirm_url:
            sync_subscription(row)
            raise NothingToConfirm
    except GatewayError as error:
        raise CheckoutUnavailable from error
    log(row, "payments.seat_confirm_asked", user=by)
    return _in_language(facts.confirm_url, language)


def _in_language(url: str, language: str) -> str:
    speaks = current_mode().speaks_our_languages
    return f"{url}?lang={language}" if speaks else url


def _card_page(row: Subscription, language: str) -> SeatPage:
    """Of clicks at once the first to be noted counts: only its card is looked for."""
    for _try in range(2):
        if row.card_session_id:
            page = get_gateway().fetch_card_page(row.card_session_id)
            if page.status == "open":
                return page
        page = get_gateway().open_card_page(_card_order(row, language))
        if _note_card_page(row, page.session_id):
            return page
    raise CheckoutUnavailable


@transaction.atomic(durable=True)
def _note_card_page(row: Subscription, session_id: str) -> bool:
    """Whether this page is the seat's; if not, `row` has learnt which one is."""
    locked = Subscription.objects.locked(row.pk)
    is_first = locked.card_session_id in ("", row.card_session_id)
    if is_first:
        locked.card_session_id = session_id
        locked.save(update_fields=["card_session_id"])
    row.card_session_id = locked.card_session_id
    return is_first


def _card_order(row: Subscription, language: str) -> CardOrder:
    with translation.override(language):
        back = settings.SITE_URL + reverse("payments:seat_return", args=[row.public_id])
    return CardOrder(
        reference=row.public_id,
        deployment=deployment(),
        customer_id=row.customer_id,
        locale="en",
        success_url=back,
        cancel_url=back,
    )
