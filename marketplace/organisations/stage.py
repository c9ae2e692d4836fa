"""How near a reader has come to an organisation, read from what was disclosed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import FilteredRelation, Q, QuerySet

from marketplace.people.models import User

from .models import Disclosure, Membership, Organisation
from .permissions import ACTING
from .stages import Stage

Viewer = User | AnonymousUser | Organisation | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What one reader has been shown of some organisations, read by one query.

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
    of: set[int] = {
        each.pk if isinstance(each, Organisation) else each for each in organisations
    }
    if isinstance(viewer, Organisation):
        roles = {viewer.pk: Membership.Role.OWNER.value}
        rows = Disclosure.objects.live().filter(to=viewer, of__in=of)
        shown = list(rows.values_list("of", "scope", "stage"))
    elif viewer is None or not viewer.is_authenticated:
        return Standing(Stage.PUBLIC, frozenset(), {})
    else:
        found = list(_memberships(viewer, of))
        roles = {row[0]: row[1] for row in found}
        shown = [row[2:] for row in found if row[2] is not None]
    opened: dict[tuple[int, UUID], Stage] = {}
    for owner, scope, stage in shown:
        reached = opened.get((owner, scope), Stage.MEMBER)
        opened[owner, scope] = max(Stage(stage), reached)
    acts_for = frozenset(key for key, role in roles.items() if role in ACTING)
    return Standing(Stage.MEMBER, frozenset(roles), opened, acts_for)


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


def _memberships(user: User, of: Collection[int]) -> "QuerySet[Membership, Any]":
    """The reader's organisations with the role in each, and what was opened to each."""
    opened = FilteredRelation(
        "organisation__disclosures_received",
        condition=Q(
            organisation__disclosures_received__of__in=of or {0},
            organisation__disclosures_received__ended_at__isnull=True,
        ),
    )
    rows = Membership.objects.filter(user=user).annotate(opened=opened)
    return rows.order_by().values_list(
        "organisation", "role", "opened__of", "opened__scope", "opened__stage"
    )
