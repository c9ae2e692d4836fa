"""What a facilitator may do for a client: only what stands in a living mandate."""

from uuid import UUID

from marketplace.people.models import User

from .models import Act, Delegation


def mandates_of(user: User, about: UUID) -> frozenset[tuple[int, Act]]:
    """What clients let this person do in one introduction: key of the client, and act."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    held = Delegation.objects.held_by(user).filter(about=about)
    rows = held.values_list("organisation", "act")
    return frozenset((client, Act(act)) for client, act in rows)
