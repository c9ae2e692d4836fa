"""Who may state a mandate and change it."""

from django.db.models import Q

from marketplace.organisations.models import MANDATES, Entitlement, Organisation
from marketplace.organisations.models.rights import EntitlementQuerySet
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User

from .models import RULE, STAFF, InvestorMandate


def may_be_told(organisation: Organisation) -> bool:
    """Whether this organisation holds the right to mandates today."""
    return (
        Entitlement.objects.in_force()
        .filter(organisation=organisation, feature=MANDATES)
        .exists()
    )


def has_free_seat(organisation: Organisation) -> bool:
    """Whether the programme opened its seat, so that nothing is paid for it."""
    return free_seats(organisation).exists()


def free_seats(organisation: Organisation) -> EntitlementQuerySet:
    """Those that staff opened, or a rule of the price list; staff may end both."""
    opened = Q(source__startswith=STAFF) | Q(source__startswith=RULE)
    return Entitlement.objects.in_force().filter(
        opened, organisation=organisation, feature=MANDATES
    )


def can_state(user: User, organisation: Organisation) -> bool:
    """A member who acts for an organisation that holds the right."""
    return can_act_for(user, organisation) and may_be_told(organisation)


def can_stop(user: User, mandate: InvestorMandate) -> bool:
    """Stopping needs no right: whoever acts for it may always be told less."""
    return can_act_for(user, mandate.organisation)


def can_open_seats(user: User) -> bool:
    """Whether this member of staff decides which organisations are told as investors."""
    return user.is_active and user.has_perm("organisations.add_entitlement")
