"""Who looks at an introduction, and by what right: read once for a whole page."""

from collections.abc import Collection
from dataclasses import dataclass

from marketplace.facilitation.models import Act
from marketplace.facilitation.permissions import mandates_of
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.permissions import ACTING
from marketplace.people.models import User

from .models import Introduction


@dataclass(frozen=True, slots=True)
class Onlooker:
    """One person before one introduction: on a side of it, or by a mandate of a side.

    `sides` are keys of organisations whose people the person is one of, `acting` of those
    for which it may act, and `mandates` what a side lets it do: key of the side and kind
    of act. True of the moment at which it was read; an action reads it anew behind its
    lock.
    """

    user: User
    introduction_id: int
    own: Organisation
    sides: frozenset[int]
    acting: frozenset[int]
    mandates: frozenset[tuple[int, Act]]

    @property
    def is_own(self) -> bool:
        """One of the side's own people; a facilitator is not."""
        return self.own.pk in self.sides

    def speaks(self, introduction: Introduction, side: Organisation) -> bool:
        """For a side that has left nobody speaks: to its people it is over."""
        return introduction.left_by_id != side.pk and side.pk in self.acting

    def helps(self, introduction: Introduction, side: Organisation, act: Act) -> bool:
        """By a mandate, and for none whose counterpart is this person's own organisation.

        A side cannot know that when it gives the mandate, and no refusal may tell it.
        """
        is_opposite = introduction.other_than(side).pk in self.sides
        return (side.pk, act) in self.mandates and not is_opposite


def onlooker_of(introduction: Introduction, viewer: User | Onlooker) -> Onlooker:
    """This person as the rules see it, in two queries; whoever was read stays as read."""
    if isinstance(viewer, Onlooker) and viewer.introduction_id == introduction.pk:
        return viewer
    user = viewer.user if isinstance(viewer, Onlooker) else viewer
    both = (introduction.asker_id, introduction.asked_id)
    rows = Membership.objects.filter(user=user, organisation__in=both)
    roles = list(rows.values_list("organisation", "role"))
    mandates = mandates_of(user, introduction.public_id)
    sides = frozenset(side for side, _role in roles)
    return Onlooker(
        user=user,
        introduction_id=introduction.pk,
        own=_own(introduction, sides or {side for side, _act in mandates}),
        sides=sides,
        acting=frozenset(
            side for side, role in roles if user.is_active and role in ACTING
        ),
        mandates=mandates,
    )


def _own(introduction: Introduction, sides: Collection[int]) -> Organisation:
    is_asker = introduction.asker_id in sides
    return introduction.asker if is_asker else introduction.asked
