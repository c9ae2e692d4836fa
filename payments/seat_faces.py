"""What the people of an organisation see of its investor seat."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.mandates.permissions import free_seats
from marketplace.money import Money
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User
from payments.document_faces import DocumentFace, document_faces
from payments.models import Document, Plan, Subscription
from payments.modes import current_mode
from payments.screening import is_screened
from payments.seat_standing import GRACE

LABELS: dict[str, tuple[str, str | Promise]] = {
    "trialing": ("ok", _("in its trial")),
    "active": ("ok", _("active")),
    "past_due": ("warn", _("the last payment failed")),
    "canceled": ("off", _("ended")),
}
RESTS = ("warn", _("rests"))
ASKED = ("wait", _("waits for your bank"))
UNSURE = ("wait", _("not active"))


@dataclass(frozen=True, slots=True)
class PlanFace:
    key: str
    name: str
    amount: Money
    interval: str
    trial_days: int
    waits: bool = False
    is_free: bool = False


@dataclass(frozen=True, slots=True)
class SeatFace:
    """One organisation's seat; `runs_until` is the next payment or the end."""

    organisation: str
    organisation_id: UUID
    public_id: UUID | None
    kind: str
    label: str
    plan: str
    amount: Money | None
    interval: str
    status: str
    runs_until: datetime | None
    grace_until: datetime | None
    ends: bool
    is_returned: bool
    asks_bank: bool
    is_free: bool
    free_until: datetime | None
    may_take: bool
    may_change: bool
    offers: tuple[PlanFace, ...]
    asks_card: bool
    others: tuple[PlanFace, ...]
    next_plan: PlanFace | None
    waits_for_card: bool
    is_screened: bool
    documents: tuple[DocumentFace, ...]


def _offers(organisation: Organisation) -> list[PlanFace]:
    """The plans that are offered, the least first; who pays nothing sees no others."""
    plans = list(Plan.objects.offered())
    free = [plan for plan in plans if plan.is_free_for(organisation)]
    if free:
        return [replace(plan_face(plan), is_free=True) for plan in free]
    return [plan_face(plan) for plan in plans if plan.currency.takes_card(plan.amount)]


def plan_face(plan: Plan, row: Subscription | None = None) -> PlanFace:
    """`waits`: for this seat it would begin with the next period only."""
    return PlanFace(
        plan.key,
        plan.name,
        plan.amount,
        str(plan.get_interval_display()),
        plan.trial_days,
        waits=row is not None and row.waits_for_next(plan),
    )


def seat_faces(user: User) -> list[SeatFace]:
    """One for each organisation of this person."""
    own = Organisation.objects.of(user).distinct().order_by("pk")
    return [_face(organisation, user) for organisation in own]


def _face(organisation: Organisation, user: User) -> SeatFace:
    rows = organisation.subscriptions.filter(mode=current_mode())
    row = rows.exclude(status__in=[Subscription.OPENING, Subscription.ABANDONED])
    latest = row.select_related("plan").first()
    free, acts = free_seats(organisation).first(), can_act_for(user, organisation)
    runs = latest is not None and latest.status not in Subscription.OVER
    moves = acts and latest is not None and latest.may_move
    change = latest.changes.open().select_related("plan").first() if latest else None
    kind, label = LABELS.get(latest.status, UNSURE) if latest else UNSURE
    is_returned = latest is not None and runs and latest.is_returned
    if is_returned:
        kind, label = RESTS
    elif latest and latest.status == "past_due" and latest.asks_bank:
        kind, label = ASKED
    may_take = acts and not runs and free is None
    offers = tuple(_offers(organisation)) if may_take else ()
    issued = Document.objects.filter(seat__organisation=organisation)
    begun = latest.period_start if latest and latest.status == "past_due" else None
    return SeatFace(
        organisation=organisation.alias,
        organisation_id=organisation.public_id,
        public_id=latest.public_id if latest else None,
        kind=kind,
        label=str(label),
        plan=latest.plan.name if latest else "",
        amount=latest.amount if latest else None,
        interval=str(latest.get_interval_display()) if latest else "",
        status=latest.status if latest else "",
        runs_until=latest.period_end if latest else None,
        grace_until=begun + GRACE if begun else None,
        ends=latest.cancel_at_period_end if latest else False,
        is_returned=is_returned,
        asks_bank=acts and latest is not None and runs and latest.asks_bank,
        is_free=free is not None,
        free_until=free.ends_at if free else None,
        may_take=may_take,
        may_change=acts and runs,
        offers=offers,
        asks_card=any(not offer.is_free for offer in offers),
        others=tuple(_others(latest)) if latest and moves and not change else (),
        next_plan=plan_face(change.plan) if change and change.from_next else None,
        waits_for_card=change is not None and not change.from_next,
        is_screened=is_screened(organisation),
        documents=tuple(document_faces(issued)),
    )


def _others(row: Subscription) -> list[PlanFace]:
    plans = Plan.objects.beside(row)
    return [plan_face(p, row) for p in plans if p.currency.takes_card(p.amount)]
