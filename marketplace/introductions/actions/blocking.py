"""One side wants nothing more to do with the other; the other is not told."""

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
from marketplace.people.models import User

from .parts import lock_both, lock_to_answer, people_of, take_back

Status = Introduction.Status


@transaction.atomic
def block_owner(listing: Listing, *, by: User, organisation: Organisation) -> Block:
    """Block whoever owns a listing, known by its alias or only by its title."""
    known_as = listing.title if listing.anonymous else listing.shown_alias
    return _block(listing.organisation, by, organisation, known_as, [listing])


@transaction.atomic
def block_counterpart(introduction: Introduction, *, by: User) -> Block:
    """Block the other side of an introduction, whatever it has come to."""
    introduction = lock_to_answer(introduction)
    own = introduction.side_of(by)
    other = introduction.other_than(own)
    return _block(other, by, own, introduction.name_of(other), [introduction.listing])


def _block(
    other: Organisation,
    by: User,
    organisation: Organisation,
    known_as: str,
    listings: list[Listing],
) -> Block:
    lock_both(organisation.pk, other.pk)
    between = Introduction.objects.between(organisation, other)
    sent = between.exclude(status=Status.DRAFT).select_related("listing", "own_listing")
    met = [*listings]
    for row in sent:
        met += [each for each in (row.listing, row.own_listing) if each]
    block = block_organisation(
        other,
        by=by,
        organisation=organisation,
        known_as=known_as,
        aliases={listing.public_id for listing in met if listing.is_hidden},
    )
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
