"""How near a reader has come to an organisation, read from what was disclosed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from marketplace.people.models import User

from .models import Disclosure, Membership, Organisation
from .permissions import ACTING
from .stages import Stage

Viewer = User | AnonymousUser | Organisation | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What one reader has been shown of some organisations, read by two queries.

    `own` holds the keys of the reader's own organisations, `acts_for` of those the
    reader may ask and answer for, `opened` the highest live rung by organisation key
    and scope.
    """

    floor: Stage
    own: frozenset[int]
    opened: dict[tuple[int, UUID], Stage]
    acts_for: frozenset[int] = frozenset()

    def towards(self, organisation_id: int, scope: UUID) -> Stage:
        """The stage under this scope; one's own organisation is wholly open."""
        if organisation_id in self.own:
            return Stage.VENTURE
        return max(self.floor, self.opened.get((organisation_id, scope), self.floor))


def standing_of(
    viewer: Viewer, organisations: Iterable[Organisation | int]
) -> Standing:
    """Read at once what this reader may see of these organisations; cache nothing.

    No query for an anonymous reader.
    """
    roles = _roles(viewer)
    if roles is None:
        return Standing(Stage.PUBLIC, frozenset(), {})
    own = frozenset(roles)
    of = {getattr(each, "pk", each) for each in organisations} - own
    rows = Disclosure.objects.live().filter(to__in=own, of__in=of) if own and of else ()
    opened: dict[tuple[int, UUID], Stage] = {}
    for row in rows:
        key = (row.of_id, row.scope)
        opened[key] = max(Stage(row.stage), opened.get(key, Stage.MEMBER))
    acts_for = frozenset(key for key, role in roles.items() if role in ACTING)
    return Standing(Stage.MEMBER, own, opened, acts_for)


def stage_between(
    viewer: Viewer, organisation: Organisation, scope: UUID | None = None
) -> Stage:
    """How much of an organisation this reader has been shown.

    `scope` is the public id under which the two met: a listing's, or by default the
    organisation's own. What was opened under one scope stays closed under another, so
    that two aliased listings are not linked by a meeting about one of them.
    """
    standing = standing_of(viewer, [organisation])
    return standing.towards(organisation.pk, scope or organisation.public_id)


def _roles(viewer: Viewer) -> dict[int, str] | None:
    """The viewer's role by organisation key; None for somebody not signed in."""
    if isinstance(viewer, Organisation):
        return {viewer.pk: Membership.Role.OWNER}
    if viewer is None or not viewer.is_authenticated:
        return None
    rows = Membership.objects.filter(user=viewer)
    return dict(rows.values_list("organisation", "role"))
