"""Seats that a rule of the price list makes free: for small organisations from here."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from marketplace.mandates.models import RULE
from marketplace.mandates.permissions import has_free_seat
from marketplace.organisations.actions import grant_entitlement
from marketplace.organisations.models import MANDATES, Entitlement, Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User
from marketplace.refusals import require
from payments.exceptions import (
    CheckoutUnavailable,
    HasSeat,
    PlanNotOffered,
    ScreeningNeeded,
)
from payments.gateway import GatewayError
from payments.models import Plan, Subscription
from payments.modes import current_mode
from payments.screening import is_screened

from .seats import leave

RUNS_FOR = timedelta(days=365)


def take_free_seat(organisation: Organisation, plan: Plan, *, by: User) -> Entitlement:
    """A seat for a year, nothing paid: then it is looked at anew whether the rule fits.

    No money moves, so no subscription stands behind it; it lapses by its own end. A card
    page that is still open is closed first, so that nobody pays for what is free.
    """
    require(can_act_for(by, organisation))
    opening = organisation.subscriptions.filter(status=Subscription.OPENING)
    for row in opening.filter(mode=current_mode()):
        try:
            leave(row)
        except GatewayError as error:
            raise CheckoutUnavailable from error
    return _take(organisation, plan, by)


@transaction.atomic
def _take(organisation: Organisation, plan: Plan, by: User) -> Entitlement:
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(can_act_for(by, organisation))
    if not is_screened(organisation):
        raise ScreeningNeeded
    if not (plan.is_offered and plan.is_free_for(organisation)):
        raise PlanNotOffered
    paid = organisation.subscriptions.live().filter(mode=current_mode())
    if has_free_seat(organisation) or paid.exists():
        raise HasSeat
    now = timezone.now()
    return grant_entitlement(
        organisation,
        feature=MANDATES,
        source=f"{RULE}:{plan.key}:{now:%Y-%m-%dT%H:%M:%S}",
        by=by,
        ends_at=now + RUNS_FOR,
    )
