"""A remedy for each kind of matter: an act where one helps, else what a person does."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.ventures.actions import activate_venture
from marketplace.ventures.models import JointVenture
from payments.actions.fees import raise_fee
from payments.exceptions import CheckoutUnavailable, NoSchedule
from payments.gateway import GatewayError, get_gateway
from payments.models import Discrepancy, PaymentAttempt, Share, StripeEvent
from payments.settling import settle
from payments.sync import NothingToFetch, sync_attempt

Kind = Discrepancy.Kind

WORDS: dict[str, str | Promise] = {
    Kind.NO_SCHEDULE: _("Enter a fee schedule for the currency, then raise the fee."),
    Kind.TRANSFER_ASKED: _("Send the partner the bank details, then close this."),
    Kind.SCREENING: _(
        "Staff decide about the verification of the organisation; this closes with "
        "their decision."
    ),
    Kind.REFUND_ASKED: _(
        "Look at the payment of this share and request a refund, or write to the "
        "partner why not."
    ),
    Kind.REFUND_FAILED: _(
        "Ask the payer for an account, send the money by bank and record it, or "
        "request the refund again."
    ),
    Kind.FOREIGN_REFUND: _(
        "Ask who sent it in Stripe's own pages. It is booked already."
    ),
    Kind.DISPUTED: _(
        "Answer in Stripe's own pages before the day named there. If the venture "
        "should wait, suspend it. Money moves by itself."
    ),
    Kind.OVERDUE: _(
        "Talk to the partner: instalments, a transfer or a waiver may help."
    ),
    Kind.OVERPAID: _("Request a refund of what is too much."),
    Kind.REOPENED: _("See in the ledger what went back, and tell the partner."),
    Kind.POSTING_DIFFERS: _(
        "Compare both sides with the processor. A wrong posting is corrected by a new "
        "one."
    ),
    Kind.FACT_DIFFERS: _(
        "The money waits in suspense. Compare with the processor; then refund the "
        "payment."
    ),
    Kind.NOT_ACTIVATED: _("Look why the venture could not start, then activate it."),
    Kind.UNKNOWN_OBJECT: _(
        "If it belongs to another site on the same account, close this. If it is an "
        "event, have it worked off again."
    ),
    Kind.UNKNOWN_SEAT: _(
        "Somebody pays for a seat that is not in our books, perhaps since a backup was "
        "put back. Let it end with its period, and refund it in Stripe's own pages."
    ),
    Kind.UNKNOWN_STATE: _("Fetch the payment again; if it stays, tell the developers."),
    Kind.NO_REMOTE: _(
        "Look for the payment in Stripe's own pages. If it never was, the posting is "
        "corrected by a new one."
    ),
    Kind.RULE_BROKEN: _(
        "Book nothing by hand. Run check_ledger, and show its words to the developers."
    ),
    Kind.CACHE_DIFFERS: _("Have the state read from the postings again."),
}


def remedy_of(matter: Discrepancy) -> str:
    """What to do about a matter, in the reader's language."""
    return str(WORDS[matter.kind])


def has_act(matter: Discrepancy) -> bool:
    """Whether a button can do something about it."""
    return matter.resolved_at is None and _act_of(matter) is not None


def apply_remedy(matter: Discrepancy, *, by: User) -> Discrepancy:
    """Do what helps; the matter is closed where it has, and stays where not."""
    require(by.has_perm("payments.change_discrepancy"))
    act = _act_of(matter)
    if act is not None and act(_id_of(matter)):
        _close(matter, by)
    return matter


@transaction.atomic
def _close(matter: Discrepancy, by: User) -> None:
    rows = Discrepancy.objects.select_for_update(no_key=True)
    locked = rows.get(pk=matter.pk)
    if locked.resolved_at is None:
        locked.resolved_at, locked.resolved_by = timezone.now(), by
        locked.save(update_fields=["resolved_at", "resolved_by"])
        log(locked, "payments.matter_remedied", user=by)


def _id_of(matter: Discrepancy) -> str:
    return matter.about.rpartition(":")[2]


def _act_of(matter: Discrepancy) -> Callable[[str], bool] | None:
    kind = str(matter.kind)
    if kind == Kind.UNKNOWN_OBJECT and not matter.about.startswith("evt_"):
        return None
    return ACTS.get(kind)


def _raise(public_id: str) -> bool:
    venture = JointVenture.objects.get(public_id=UUID(public_id))
    if raise_fee(venture) is None:
        venture.refresh_from_db()
        if venture.status == JointVenture.Status.AGREED:
            raise NoSchedule
    return True


def _activate(public_id: str) -> bool:
    activate_venture(JointVenture.objects.get(public_id=UUID(public_id)))
    return True


def _fetch(public_id: str) -> bool:
    """A fetch notes anew whatever still differs, so the old matter may close."""
    try:
        sync_attempt(PaymentAttempt.objects.get(public_id=UUID(public_id)))
    except (GatewayError, NothingToFetch) as error:
        raise CheckoutUnavailable from error
    return False


def _let_end(subscription_id: str) -> bool:
    """Nothing more is taken from this card; what was taken people send back."""
    try:
        get_gateway().change_seat(subscription_id, ends_with_period=True)
    except GatewayError as error:
        raise CheckoutUnavailable from error
    return True


@transaction.atomic
def _settle(public_id: str) -> bool:
    pk = Share.objects.values_list("pk", flat=True).get(public_id=UUID(public_id))
    settle(Share.objects.locked(pk))
    return True


def _work_off(event_id: str) -> bool:
    """The sweep takes it up again, with all its tries."""
    new = StripeEvent.State.NEW
    return bool(
        StripeEvent.objects.filter(
            event_id=event_id, state=StripeEvent.State.FAILED
        ).update(state=new, tries=0, next_try_at=timezone.now())
    )


ACTS: dict[str, Callable[[str], bool]] = {
    Kind.NO_SCHEDULE: _raise,
    Kind.NOT_ACTIVATED: _activate,
    Kind.UNKNOWN_SEAT: _let_end,
    Kind.UNKNOWN_STATE: _fetch,
    Kind.CACHE_DIFFERS: _settle,
    Kind.UNKNOWN_OBJECT: _work_off,
}
