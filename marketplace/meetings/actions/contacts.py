"""Whom partners meet changes, and with the person the clock that they read."""

from django.db import transaction

from marketplace.meetings.models import Meeting, Proposal
from marketplace.organisations.clocks import zone_of
from marketplace.organisations.models import Organisation


@transaction.atomic
def show_clock_of_new_contact(organisation: Organisation) -> None:
    """All times of a side read on the clock of whom partners meet there from now on.

    Those that are over, too: the step that opens people opens one person, and the
    earlier one may never have been open. The moments stay as they were agreed.
    """
    zone = zone_of(organisation)
    Meeting.objects.filter(introduction__asker=organisation).update(asker_zone=zone)
    Meeting.objects.filter(introduction__asked=organisation).update(asked_zone=zone)
    Proposal.objects.filter(organisation=organisation).update(zone=zone)
