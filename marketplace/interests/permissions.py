"""Who may say how near it stands to an investment sought."""

from marketplace.listings.models import Listing
from marketplace.mandates.permissions import can_state
from marketplace.organisations.meeting import may_meet
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User


def can_note(user: User, organisation: Organisation, listing: Listing) -> bool:
    """A member of an organisation with an investor seat, about what it may find."""
    return (
        listing.kind == Listing.Kind.INVESTMENT
        and can_state(user, organisation)
        and may_meet(organisation, listing.organisation)
        and Listing.objects.visible_to(user).filter(pk=listing.pk).exists()
    )


def can_take_back(user: User, organisation: Organisation) -> bool:
    """Less may always be said by whoever acts for it, with a seat or without."""
    return can_act_for(user, organisation)
