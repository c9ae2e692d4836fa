"""One side wants nothing more to do with the other; the other is not told."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.facilitation.actions import end_mandates
from marketplace.introductions.models import Introduction
from marketplace.introductions.signals import introduction_closed
from marketplace.listings.models import Listing
from marketplace.notices.actions import drop_unsent, mark_read_about
from marketplace.organisations.actions import block_organisation
from marketplace.organisations.models import Block, Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .parts import lock_both, lock_to_answer, people_of, take_back

Status = Introduction.Status


@transaction.atomic
def block_owner(listing: Listing, *, by: User, organisation: Organisation) -> Block:
    """Block whoever owns a listing, known by its alias or only by its title."""
    other = listing.organisation
    lock_both(organisation.pk, other.pk)
    dealt = _dealings(organisation, other)
    return _block(
        other,
        by,
        organisation,
        dealt,
        known_as=listing.title if listing.anonymous else listing.shown_alias,
        over=listing.public_id if listing.is_hidden else other.public_id,
        knows_other=not listing.is_hidden
        or any(_shows(row, other) for row in dealt if row.listing_id == listing.pk),
        known_to_other=not dealt or any(_shows(row, organisation) for row in dealt),
        aliases={listing.public_id} if listing.is_hidden else set(),
    )


@transaction.atomic
def block_counterpart(introduction: Introduction, *, by: User) -> Block:
    """Block the other side of an introduction, whatever it has come to."""
    introduction = lock_to_answer(introduction)
    own = introduction.side_of(by)
    other = introduction.other_than(own)
    is_known, listing = _shows(introduction, other), introduction.listing
    alias = listing if other.pk == listing.organisation_id else introduction
    return _block(
        other,
        by,
        own,
        _dealings(own, other),
        known_as=introduction.name_of(other),
        over=other.public_id if is_known else alias.public_id,
        knows_other=is_known,
        known_to_other=_shows(introduction, own),
    )


def _shows(introduction: Introduction, side: Organisation) -> bool:
    """Whether the counterpart knows the organisation of a side, not a listing's alias."""
    if introduction.stage >= Stage.ORGANISATION:
        return True
    is_asker = side.pk == introduction.asker_id
    is_said = is_asker or introduction.is_open or not introduction.listing.anonymous
    return is_said and introduction.alias_of(side) == side.alias


def _dealings(one: Organisation, other: Organisation) -> list[Introduction]:
    """What either has sent the other; the two are locked, so that nothing comes after."""
    between = Introduction.objects.between(one, other).exclude(status=Status.DRAFT)
    return list(between.with_parties())


def _block(
    other: Organisation,
    by: User,
    organisation: Organisation,
    dealt: Iterable[Introduction],
    *,
    aliases: Iterable[UUID] = (),
    **known: Any,
) -> Block:
    met = [
        each
        for row in dealt
        for each in (row.listing, row.own_listing)
        if each is not None and each.is_hidden
    ]
    block = block_organisation(
        other,
        by=by,
        organisation=organisation,
        aliases={*aliases, *(listing.public_id for listing in met)},
        **known,
    )
    between = Introduction.objects.between(organisation, other)
    # A draft that its writer throws away meanwhile is no longer among them. Their mails
    # are locked after them, as by all acts that take back an introduction.
    locked = list(between.order_by("pk").select_for_update())
    drop_unsent(*locked)
    for introduction in locked:
        _end(introduction, organisation, by)
    return block


def _end(introduction: Introduction, blocker: Organisation, by: User) -> None:
    """What stands between the two ends as quietly as it can.

    A request to the blocker goes on to look unanswered until it runs out.
    """
    if introduction.status == Status.DRAFT:
        end_mandates(introduction.public_id)
        introduction.delete()
        return
    for person in people_of(blocker):
        mark_read_about(introduction, by=person)
    if introduction.is_waiting and introduction.asked_id == blocker.pk:
        introduction.silenced_at = timezone.now()
        introduction.save(update_fields=["silenced_at"])
        take_back(introduction, by)
    elif introduction.is_waiting:
        Introduction.lifecycle.advance(introduction, to=Status.WITHDRAWN)
        take_back(introduction, by)
    elif introduction.is_open:
        Introduction.lifecycle.advance(introduction, to=Status.CLOSED)
        take_back(introduction, by)
        log(introduction, "introductions.close", user=by)
        introduction_closed.send(sender=Introduction, introduction=introduction)
