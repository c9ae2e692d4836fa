"""How it goes: each partner says so, is asked lightly, and finds ways on."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.people.clock import clock_user
from marketplace.people.models import User
from marketplace.ventures import notice_kinds
from marketplace.ventures.honesty import Stand
from marketplace.ventures.models import (
    Confirmation,
    JointVenture,
    Pulse,
    VentureParty,
    WayOn,
)

from .going_on import going_on
from .telling import tell, tell_others, tell_party

SNOOZE = timedelta(days=14)


@transaction.atomic
def confirm_stand(
    venture: JointVenture, *, by: User, stand: int, because: str = ""
) -> Confirmation:
    """A partner says how it goes; the label follows the most cautious of all.

    A reason is kept only with a standstill. The others are told that something was
    said, not what: the page tells them.
    """
    venture, party = going_on(venture, by)
    said = Confirmation.objects.create(
        party=party,
        stand=stand,
        because=because if stand == Stand.STALLED else "",
        said_by=by,
    )
    pulse = _pulse_of(party)
    pulse.ask_on = pulse.next_after(timezone.localdate())
    pulse.save(update_fields=["ask_on"])
    log(venture, "ventures.confirm", user=by)
    tell_others(venture, party, notice_kinds.STAND_SAID)
    return said


@transaction.atomic
def set_pulse(venture: JointVenture, *, by: User, every: int) -> Pulse:
    """A partner says how often it wants to be asked."""
    venture, party = going_on(venture, by)
    pulse = _pulse_of(party)
    pulse.every = every
    pulse.ask_on = pulse.next_after(timezone.localdate())
    pulse.save(update_fields=["every", "ask_on"])
    return pulse


@transaction.atomic
def snooze_pulse(venture: JointVenture, *, by: User) -> Pulse:
    """A partner is asked again two weeks from now."""
    venture, party = going_on(venture, by)
    pulse = _pulse_of(party)
    pulse.ask_on = timezone.localdate() + SNOOZE
    pulse.save(update_fields=["ask_on"])
    return pulse


@transaction.atomic
def choose_way_on(venture: JointVenture, *, by: User, way: str) -> WayOn:
    """A partner says what it would do with a venture that stands still; all are told."""
    venture, party = going_on(venture, by)
    chosen = WayOn.objects.create(venture=venture, party=party, way=way, chosen_by=by)
    log(venture, "ventures.way_on", user=by, data={"way": way})
    tell(venture, notice_kinds.WAY_CHOSEN, but=by, paced=True)
    return chosen


def ask_ventures() -> int:
    """Ask each partner whose day has come how it goes; the number asked.

    Idempotent: the day moves on with the question, and a notice is told once.
    """
    signed = VentureParty.objects.filter(venture__status__in=JointVenture.GOING_ON)
    for party in signed.filter(pulse__isnull=True):
        Pulse.objects.get_or_create(party=party, defaults={"ask_on": _first_day(party)})
    today = timezone.localdate()
    due = Pulse.objects.filter(ask_on__lte=today, party__in=signed)
    return sum(_ask(pk) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _ask(pk: int) -> bool:
    pulse = (
        Pulse.objects.select_for_update().select_related("party__venture").get(pk=pk)
    )
    today, venture = timezone.localdate(), pulse.party.venture
    if pulse.ask_on > today or venture.status not in JointVenture.GOING_ON:
        return False
    once = f"{venture.public_id}:{pulse.ask_on}"
    tell_party(venture, pulse.party, notice_kinds.HEARTBEAT, once=once)
    pulse.ask_on = pulse.next_after(today)
    pulse.save(update_fields=["ask_on"])
    log(venture, "ventures.ask", user=clock_user())
    return True


def _pulse_of(party: VentureParty) -> Pulse:
    first = {"ask_on": _first_day(party)}
    return Pulse.objects.get_or_create(party=party, defaults=first)[0]


def _first_day(party: VentureParty) -> date:
    since = party.venture.agreed_at or timezone.now()
    return timezone.localdate(since) + timedelta(days=Pulse.Every.MONTH)
