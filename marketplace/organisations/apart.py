"""Who is kept from whom: blocks both ways, avoided areas and sectors both ways.

What a reader finds may be narrowed only by what it can connect anyway: listings the
two had met over, named ones where it knew the organisation, an area or a sector that a
listing itself shows. Whatever
rests on more than that (which hidden listings belong together, where a hidden party
is) works where nothing can be compared: pairs are not matched, requests not delivered.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from marketplace.people.models import User
from marketplace.taxonomy.models import Sector

from .models import Avoidance, Block, BlockedAlias, Membership, Organisation

Keys = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Apart:
    """What one person does not find, as subqueries; reading it asks nothing."""

    blocked: Keys
    blocking: Keys
    aliases: Keys
    places: Keys
    sectors: Keys


def apart_from(user: User | int) -> Apart:
    """Keys of organisations, hidden listings' public ids, avoided places and sectors."""
    own = Membership.objects.filter(user=user).values("organisation")
    live = Block.objects.live()
    blocks = live.filter(Q(organisation__in=own) | Q(other__in=own))
    avoided = Avoidance.objects.filter(organisation__in=own)
    return Apart(
        blocked=live.filter(organisation__in=own, knows_other=True).values("other"),
        blocking=live.filter(other__in=own, known_to_other=True).values("organisation"),
        aliases=BlockedAlias.objects.filter(block__in=blocks).values("alias"),
        places=avoided.filter(place__isnull=False).values("place"),
        sectors=within(avoided).values("pk"),
    )


def within(avoided: "QuerySet[Avoidance]") -> "QuerySet[Sector]":
    """The avoided sectors with all that ISIC counts to them."""
    code = ExpressionWrapper(OuterRef("code"), output_field=CharField())
    above = avoided.filter(sector__isnull=False).annotate(code=code)
    return Sector.objects.filter(
        Exists(above.filter(code__startswith=F("sector__code")))
    )


def is_kept_apart(
    one: Organisation, other: Organisation, *, sectors: Collection[str] = ()
) -> bool:
    """Whether either of two does not want to meet the other.

    `sectors` are ISIC codes the two would meet over, beside what each declares.
    """
    if Block.objects.live().between(one, other).exists():
        return True
    return _avoids(one, other, sectors) or _avoids(other, one, sectors)


def _avoids(one: Organisation, other: Organisation, sectors: Collection[str]) -> bool:
    rows = list(one.avoidances.select_related("sector"))
    if not rows:
        return False
    if any(row.place_id == other.place_id for row in rows if row.place_id):
        return True
    codes = [*sectors, *(sector.code for sector in other.sectors.all())]
    avoided = tuple(row.sector.code for row in rows if row.sector)
    return any(code.startswith(avoided) for code in codes) if avoided else False
