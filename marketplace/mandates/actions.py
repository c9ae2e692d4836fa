"""An investor states, changes, pauses and ends a mandate."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.organisations.actions import end_entitlement, grant_entitlement
from marketplace.organisations.models import MANDATES, Entitlement, Organisation
from marketplace.organisations.permissions import can_manage_members
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.taxonomy.models import Place, Sector

from .models import STAFF, InvestorMandate
from .permissions import can_open_seats, can_state, can_stop, free_seats
from .signals import mandate_changed, mandate_ended


@dataclass(frozen=True, slots=True)
class Conditions:
    """The parts of a mandate that are rows of their own."""

    sectors: Iterable[Sector] = ()
    places: Iterable[Place] = ()


@transaction.atomic
def save_mandate(
    mandate: InvestorMandate, conditions: Conditions, *, by: User
) -> InvestorMandate:
    """Keep what an investor looks for; whoever listens looks at the market anew."""
    require(can_state(by, mandate.organisation))
    is_new = mandate.pk is None
    if is_new:
        mandate.owner = by
    else:
        kept = InvestorMandate.objects.locked(mandate.pk)
        require(can_state(by, kept.organisation) and kept.ended_at is None)
        mandate.version = kept.version + 1
        mandate.paused_at = kept.paused_at
    mandate.save()
    mandate.sectors.set(conditions.sectors)
    mandate.places.set(conditions.places)
    log(mandate, "mandates.state" if is_new else "mandates.change", user=by)
    mandate_changed.send(sender=InvestorMandate, mandate=mandate)
    return mandate


@transaction.atomic
def pause_mandate(mandate: InvestorMandate, *, by: User) -> InvestorMandate:
    """Nothing more is told until it runs again; safe to repeat."""
    mandate = _held(mandate)
    require(can_stop(by, mandate))
    if mandate.paused_at is None and mandate.ended_at is None:
        mandate.paused_at = timezone.now()
        mandate.save(update_fields=["paused_at"])
        log(mandate, "mandates.pause", user=by)
        mandate_changed.send(sender=InvestorMandate, mandate=mandate)
    return mandate


@transaction.atomic
def resume_mandate(mandate: InvestorMandate, *, by: User) -> InvestorMandate:
    """It looks again; what came meanwhile stands on its page and is not mailed."""
    mandate = _held(mandate)
    require(can_state(by, mandate.organisation) and mandate.ended_at is None)
    if mandate.paused_at is not None:
        mandate.paused_at = None
        mandate.save(update_fields=["paused_at"])
        log(mandate, "mandates.resume", user=by)
        mandate_changed.send(sender=InvestorMandate, mandate=mandate)
    return mandate


@transaction.atomic
def end_mandate(mandate: InvestorMandate, *, by: User) -> InvestorMandate:
    """It looks for nothing any more and leaves every list; safe to repeat."""
    mandate = _held(mandate)
    require(can_stop(by, mandate))
    if mandate.ended_at is None:
        mandate.ended_at = timezone.now()
        mandate.save(update_fields=["ended_at"])
        log(mandate, "mandates.end", user=by)
        mandate_ended.send(sender=InvestorMandate, mandate=mandate)
    return mandate


@transaction.atomic
def pass_on_mandates(organisation: Organisation, *, of: User, by: User) -> None:
    """Who removed a colleague is told from now on what that one's mandates find."""
    require(can_manage_members(by, organisation))
    theirs = InvestorMandate.objects.filter(organisation=organisation, owner=of)
    theirs.update(owner=by)


def _held(mandate: InvestorMandate) -> InvestorMandate:
    return InvestorMandate.objects.select_related("organisation").locked(mandate.pk)


def open_seat(organisation: Organisation, *, by: User) -> Entitlement:
    """Staff let an organisation state mandates, free of charge and without an end.

    Safe to repeat while the seat is open; opened again after an end, it is a new right.
    """
    require(can_open_seats(by))
    return free_seats(organisation).first() or grant_entitlement(
        organisation,
        feature=MANDATES,
        source=f"{STAFF}:{timezone.now():%Y-%m-%dT%H:%M:%S.%f}",
        by=by,
    )


@transaction.atomic
def close_seat(organisation: Organisation, *, by: User) -> None:
    """Staff end what staff opened; mandates stay and can be read."""
    require(can_open_seats(by))
    for right in free_seats(organisation):
        end_entitlement(right, by=by)
