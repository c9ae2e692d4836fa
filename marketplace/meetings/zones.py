"""Whose clock stands for a side."""

from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User


def zone_of(organisation: Organisation, by: User | None = None) -> str:
    """The zone of the person who acts for a side, or of whom partners meet there.

    A facilitator's own clock says nothing of where the client is.
    """
    if by is not None and can_act_for(by, organisation):
        return by.time_zone
    person = organisation.contact
    return person.time_zone if person else "UTC"
