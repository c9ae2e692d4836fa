"""One side wants nothing more to do with the other; the other is not told.

What the two have under one alias on either side ends at once. Under another alias of the
blocker it ends for its own people at once, and for the other on a day of its own: what
vanishes together would tell who is behind both. Under another alias of the other side it
stands, as the blocker does not know that it is the same party, and may not learn it here.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.facilitation.actions import end_mandates
from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Introduction
from marketplace.introductions.signals import introduction_closed
from marketplace.listings.models import Listing
from marketplace.notices.actions import drop_unsent, mark_read_about
from marketplace.organisations.actions import block_organisation
from marketplace.organisations.models import Block, Organisation
from marketplace.organisations.permissions import people_acting_for
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .parting import leave_introduction
from .parts import lock_both, lock_to_answer, take_back, tell

Status = Introduction.Status


@transaction.atomic
def block_owner(listing: Listing, *, by: User, organisation: Organisation) -> Block:
    """Block whoever owns a listing, known by its alias or only by its title."""
    other = listing.organisation
    lock_both(organisation.pk, other.pk)
    dealt = _dealings(organisation, other)
    knows_other = not listing.is_hidden or any(
        _shows(row, other) for row in dealt if row.listing_id == listing.pk
    )
    over = listing.public_id if listing.is_hidden else other.public_id
    known = {over, other.public_id} if knows_other else {over}
    return _block(
        other,
        by,
        organisation,
        known,
        known_as=listing.title if listing.anonymous else listing.shown_alias,
        over=over,
        knows_other=knows_other,
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
        _known_by(introduction, other),
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


def _known_by(introduction: Introduction, side: Organisation) -> set[UUID]:
    """What a side is known by to the other here: itself, a listing that hides it."""
    own = side.pk == introduction.listing.organisation_id
    at = introduction.listing if own else introduction.own_listing
    known = {at.public_id} if at is not None and at.is_hidden else set()
    return known | {side.public_id} if _shows(introduction, side) else known


def _block(
    other: Organisation,
    by: User,
    organisation: Organisation,
    known: Iterable[UUID],
    *,
    aliases: Iterable[UUID] = (),
    **words: Any,
) -> Block:
    between = Introduction.objects.between(organisation, other).with_parties()
    # A draft that its writer throws away meanwhile is no longer among them. Their mails
    # are locked after them, as by all acts that take back an introduction.
    locked = list(between.order_by("pk").select_for_update(of=("self",)))
    seen = [row for row in locked if not row.is_draft or row.asker == organisation]
    here = [row for row in seen if _known_by(row, other) & set(known)]
    ours = _nearest(here, organisation)
    ended = [row for row in here if _known_by(row, organisation) & ours]
    block = block_organisation(
        other,
        by=by,
        organisation=organisation,
        aliases={*aliases, *_met_over(here, organisation, ours)},
        **words,
    )
    drop_unsent(*ended)
    for introduction in here:
        is_unseen = introduction.left_by == other or not introduction.is_readable
        if introduction.is_draft:
            end_mandates(introduction.public_id)
            introduction.delete()
        elif introduction in ended or is_unseen:
            _end(introduction, organisation, by)
        else:
            _leave(introduction, organisation, by)
    return block


def _nearest(here: Collection[Introduction], own: Organisation) -> set[UUID]:
    """The alias of the blocker under which most is open: that closes at once."""
    standing = [row for row in here if row.is_readable and row.left_by_id is None]
    if not standing:
        return set()
    return _known_by(max(standing, key=lambda row: row.stage), own)


def _met_over(
    here: Iterable[Introduction], own: Organisation, ours: set[UUID]
) -> Iterable[UUID]:
    """Hidden listings that go from the search pages: of the other all that are known as
    its own, of the blocker those of the one alias."""
    for row in here:
        if row.is_draft:
            continue
        for listing in (row.listing, row.own_listing):
            if listing is None or not listing.is_hidden:
                continue
            if listing.organisation_id != own.pk or _known_by(row, own) & ours:
                yield listing.public_id


def _end(introduction: Introduction, blocker: Organisation, by: User) -> None:
    """What stands between the two ends, for the other side as if by an ordinary act.

    A request to the blocker goes on to look unanswered until it runs out.
    """
    for person in people_acting_for(blocker):
        mark_read_about(introduction, by=person)
    if introduction.is_waiting and introduction.asked_id == blocker.pk:
        introduction.silenced_at = timezone.now()
        introduction.save(update_fields=["silenced_at"])
        take_back(introduction, by)
    elif introduction.is_waiting:
        Introduction.lifecycle.advance(introduction, to=Status.WITHDRAWN)
        take_back(introduction, by)
        tell(introduction, introduction.asked, notice_kinds.WITHDRAWN)
    elif introduction.is_open:
        Introduction.lifecycle.advance(introduction, to=Status.CLOSED)
        take_back(introduction, by)
        log(introduction, "introductions.close", user=by)
        other = introduction.other_than(blocker)
        tell(introduction, other, notice_kinds.CLOSED)
        introduction_closed.send(sender=Introduction, introduction=introduction)


def _leave(introduction: Introduction, blocker: Organisation, by: User) -> None:
    """A request to the blocker looks unanswered in any case, and needs no other day."""
    if introduction.is_waiting and introduction.asked_id == blocker.pk:
        _end(introduction, blocker, by)
        return
    for person in people_acting_for(blocker):
        mark_read_about(introduction, by=person)
    leave_introduction(introduction, blocker)
