"""What introductions tell when the people of a side change."""

from django.dispatch import receiver

from marketplace.organisations.models import Organisation
from marketplace.organisations.signals import colleague_removed

from . import notice_kinds
from .actions.parts import tell
from .models import Introduction


@receiver(colleague_removed, dispatch_uid="introductions_tell_of_new_contact")
def tell_of_new_contact(
    organisation: Organisation, contact_changed: bool, **_: object
) -> None:
    """Who knows the people of a side learns that another one is now to be met."""
    if not contact_changed:
        return
    known = Introduction.objects.known().with_parties()
    for introduction in known.of_organisation(organisation):
        other = introduction.other_than(organisation)
        tell(introduction, other, notice_kinds.CONTACT_CHANGED)
