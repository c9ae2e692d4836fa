"""Who may ask, answer, write and take back."""

from marketplace.listings.models import Listing
from marketplace.organisations.meeting import may_meet
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User

from .models import Introduction


def can_ask(user: User, listing: Listing, asker: Organisation) -> bool:
    """A member who speaks for another organisation may ask about a live listing."""
    return (
        can_act_for(user, asker)
        and may_meet(asker, listing.organisation)
        and Listing.objects.visible_to(user).filter(pk=listing.pk).exists()
    )


def can_answer(user: User, introduction: Introduction) -> bool:
    """Who speaks for the side that was asked; not where it has blocked the other."""
    return introduction.silenced_at is None and can_act_for(user, introduction.asked)


def can_withdraw(user: User, introduction: Introduction) -> bool:
    return can_act_for(user, introduction.asker)


def can_close(user: User, introduction: Introduction) -> bool:
    return can_withdraw(user, introduction) or can_answer(user, introduction)


def can_write(user: User, introduction: Introduction) -> bool:
    """Messages need a standing introduction and somebody who speaks for a side."""
    return introduction.is_open and can_close(user, introduction)
