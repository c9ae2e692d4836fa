"""What a facilitator may do for a client: only what stands in a living mandate."""

from uuid import UUID

from marketplace.organisations.models import Organisation
from marketplace.people.models import User

from .models import Delegation


def may_do(user: User, organisation: Organisation, act: str, about: UUID) -> bool:
    """Whether a client lets this person do this act in this introduction."""
    if not user.is_authenticated or not user.is_active:
        return False
    held = Delegation.objects.held_by(user)
    return held.filter(organisation=organisation, act=act, about=about).exists()
