"""Who may propose, edit, sign and withdraw: every party alike."""

from marketplace.introductions.models import Introduction
from marketplace.introductions.permissions import can_close
from marketplace.organisations.permissions import can_act_for
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .models import Dissent, JointVenture, Observer, VentureParty


def can_propose(user: User, introduction: Introduction) -> bool:
    """Either side may propose once both sides' people know each other."""
    return introduction.stage >= Stage.PERSON and can_close(user, introduction)


def party_of(user: User, venture: JointVenture) -> VentureParty | None:
    """The party this person may sign for, or None."""
    for party in venture.parties.select_related("organisation"):
        if can_act_for(user, party.organisation):
            return party
    return None


def can_take_part(user: User, venture: JointVenture) -> bool:
    return party_of(user, venture) is not None


def can_take_back(user: User, dissent: Dissent) -> bool:
    """Only the side that left a note of dissent, whoever of its people wrote it."""
    return can_act_for(user, dissent.party.organisation)


def can_observe(user: User, observer: Observer) -> bool:
    """The third party itself, once every partner has agreed."""
    return observer.agreed_at is not None and can_act_for(user, observer.organisation)


def can_publish_lessons(user: User) -> bool:
    return user.has_perm("ventures.change_lesson")


def can_suspend(user: User) -> bool:
    """Staff alone, and never by a clock: a person looks at what happened first."""
    return user.has_perm("ventures.change_jointventure")
