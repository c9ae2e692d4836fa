"""What becomes of meetings when an introduction ends, or another person is to be met."""

from django.dispatch import receiver

from marketplace.introductions.models import Introduction
from marketplace.introductions.signals import introduction_closed, introduction_left
from marketplace.organisations.models import Organisation
from marketplace.organisations.signals import colleague_removed
from marketplace.people.models import User
from marketplace.people.signals import account_changed

from .actions import end_meetings, let_nobody_set_out, show_clock_of_new_contact


@receiver(introduction_closed, dispatch_uid="meetings_end_with_introduction")
def end_with_introduction(introduction: Introduction, **_: object) -> None:
    end_meetings(introduction)


@receiver(introduction_left, dispatch_uid="meetings_of_what_one_side_left")
def part_before_a_meeting(introduction: Introduction, **_: object) -> None:
    let_nobody_set_out(introduction)


@receiver(colleague_removed, dispatch_uid="meetings_on_the_clock_of_who_stays")
def follow_who_stays(
    organisation: Organisation, contact_changed: bool, **_: object
) -> None:
    if contact_changed:
        show_clock_of_new_contact(organisation)


@receiver(account_changed, dispatch_uid="meetings_on_the_clock_of_who_is_met")
def follow_who_is_met(user: User, **_: object) -> None:
    """A closed account is met by nobody; one that is open again may be."""
    for organisation in Organisation.objects.of(user):
        show_clock_of_new_contact(organisation)
