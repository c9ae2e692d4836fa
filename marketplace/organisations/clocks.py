"""Whose clock stands for a side."""

from .models import Organisation


def zone_of(organisation: Organisation) -> str:
    """The zone of whom partners meet there, whoever acts for the side.

    The step that opens a side's people opens this one person: where a colleague or a
    facilitator is stays with them.
    """
    person = organisation.contact
    return person.time_zone if person else "UTC"
