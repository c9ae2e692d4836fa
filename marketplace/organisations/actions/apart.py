"""Whom an organisation does not want to meet, and whom the programme introduces."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.exceptions import NotAllowed
from marketplace.organisations.meeting import key_of, matrix
from marketplace.organisations.models import (
    Avoidance,
    Block,
    BlockedAlias,
    MeetingRule,
    Organisation,
)
from marketplace.organisations.permissions import can_act_for, can_set_matrix
from marketplace.organisations.signals import organisation_changed
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.taxonomy.models import Place, Sector


@transaction.atomic
def block_organisation(
    other: Organisation,
    *,
    by: User,
    organisation: Organisation,
    known_as: str,
    over: UUID | None = None,
    knows_other: bool = True,
    known_to_other: bool = True,
    aliases: Iterable[UUID] = (),
) -> Block:
    """An organisation wants nothing to do with another; the other is not told.

    `over` is the public id of the hidden listing it is known by, by default that of
    the organisation; `aliases` are those of hidden listings over which the two had
    met. Safe to repeat. The rooms above end what stands between the two.
    """
    require(can_act_for(by, organisation))
    if organisation.pk == other.pk:
        raise NotAllowed
    block, is_new = Block.objects.live().get_or_create(
        organisation=organisation,
        other=other,
        over=over or other.public_id,
        defaults={
            "known_as": known_as[:200],
            "knows_other": knows_other,
            "known_to_other": known_to_other,
            "blocked_by": by,
        },
    )
    for alias in aliases:
        BlockedAlias.objects.get_or_create(block=block, alias=alias)
    if is_new:
        log(organisation, "organisations.block", user=by)
        _changed(organisation)
    return block


@transaction.atomic
def end_block(block: Block, *, by: User) -> None:
    """The two may find each other again; what was ended stays ended."""
    require(can_act_for(by, block.organisation))
    if Block.objects.live().filter(pk=block.pk).update(ended_at=timezone.now()):
        log(block.organisation, "organisations.end_block", user=by)
        _changed(block.organisation)


@transaction.atomic
def set_avoidances(
    organisation: Organisation,
    *,
    by: User,
    places: Iterable[Place],
    sectors: Iterable[Sector],
) -> None:
    """The areas and sectors an organisation does not want to be matched with."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(can_act_for(by, organisation))
    wanted: set[tuple[int | None, int | None]]
    wanted = {(place.pk, None) for place in places}
    wanted |= {(None, sector.pk) for sector in sectors}
    if wanted == set(organisation.avoidances.values_list("place", "sector")):
        return
    organisation.avoidances.all().delete()
    Avoidance.objects.bulk_create(
        Avoidance(organisation=organisation, place_id=place, sector_id=sector)
        for place, sector in wanted
    )
    log(organisation, "organisations.avoid", user=by)
    _changed(organisation)


@transaction.atomic
def set_matrix(cells: dict[tuple[str, str], bool], *, by: User) -> None:
    """Staff decide which sides the programme introduces to each other."""
    require(can_set_matrix(by))
    for one, other in matrix():
        allowed = cells.get(key_of(one, other), False)
        rule, _is_new = MeetingRule.objects.update_or_create(
            one_side=one, other_side=other, defaults={"allowed": allowed}
        )
    log(rule, "organisations.set_matrix", user=by)


def _changed(organisation: Organisation) -> None:
    organisation_changed.send(sender=Organisation, organisation=organisation)
