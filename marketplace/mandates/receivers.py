"""What becomes of mandates when the people of their organisation change."""

from django.dispatch import receiver

from marketplace.organisations.models import Organisation
from marketplace.organisations.signals import colleague_removed
from marketplace.people.models import User

from .actions import pass_on_mandates


@receiver(colleague_removed, dispatch_uid="mandates_pass_to_who_stays")
def pass_on(organisation: Organisation, user: User, by: User, **_: object) -> None:
    """News of a mandate reach the owner who removed the one that had stated it."""
    pass_on_mandates(organisation, of=user, by=by)
