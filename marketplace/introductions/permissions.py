"""Who may ask, answer, write and take back.

Each rule takes a person, or one that was read once for a whole page.
"""

from django.db.models import QuerySet

from marketplace.facilitation.models import Act, Facilitator
from marketplace.listings.models import Listing
from marketplace.organisations.meeting import may_meet
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User

from .models import Introduction
from .onlookers import Onlooker, onlooker_of

Viewer = User | Onlooker


def can_ask(user: User, listing: Listing, asker: Organisation) -> bool:
    """A member who speaks for another organisation may ask about a live listing."""
    return (
        can_act_for(user, asker)
        and may_meet(asker, listing.organisation)
        and Listing.objects.visible_to(user).filter(pk=listing.pk).exists()
    )


def can_answer(viewer: Viewer, introduction: Introduction) -> bool:
    """Who speaks for the side that was asked, or answers for it by its mandate.

    Nobody where it has blocked the other side.
    """
    return introduction.silenced_at is None and _does(
        viewer, introduction, introduction.asked, Act.ANSWER
    )


def can_hold(viewer: Viewer, introduction: Introduction) -> bool:
    """A facilitator of the asked side alone: its own people answer or do not."""
    return introduction.silenced_at is None and _helps(
        viewer, introduction, introduction.asked, Act.HOLD
    )


def can_reply(viewer: Viewer, introduction: Introduction) -> bool:
    """Who replies to the one question."""
    return _does(viewer, introduction, introduction.asker, Act.REPLY)


def can_add_context(viewer: Viewer, introduction: Introduction) -> bool:
    """A facilitator of either side, for the other side to read."""
    onlooker = onlooker_of(introduction, viewer)
    return any(
        onlooker.helps(introduction, side, Act.CONTEXT) for side in introduction.both
    )


def can_give_mandate(viewer: Viewer, introduction: Introduction) -> bool:
    """Each side for itself, while the introduction is written, waits or stands."""
    onlooker = onlooker_of(introduction, viewer)
    lives = introduction.is_waiting or introduction.is_open
    speaks = onlooker.speaks(introduction, onlooker.own)
    return (lives or introduction.is_draft) and speaks


def can_soften(viewer: Viewer, introduction: Introduction) -> bool:
    """A facilitator of the side that writes a draft, before anybody else reads it."""
    asker = introduction.asker
    return introduction.is_draft and _helps(viewer, introduction, asker, Act.SOFTEN)


def can_draft(viewer: Viewer, introduction: Introduction) -> bool:
    """A facilitator of the side that asks, in a draft of it that nobody else reads."""
    asker = introduction.asker
    return introduction.is_draft and _helps(viewer, introduction, asker, Act.DRAFT)


def can_schedule(viewer: Viewer, introduction: Introduction) -> bool:
    """Who agrees on times of meetings for a side, while both agree to talk."""
    if not introduction.is_open:
        return False
    onlooker = onlooker_of(introduction, viewer)
    return _does(onlooker, introduction, onlooker.own, Act.SCHEDULE)


def people_scheduling_for(
    introduction: Introduction, side: Organisation
) -> QuerySet[User]:
    """Who agrees on times for a side by its mandate, today; nobody of either side."""
    return User.objects.filter(
        is_active=True,
        facilitator__in=Facilitator.objects.trusted_by(
            side, Act.SCHEDULE, introduction.public_id
        ),
    ).exclude(memberships__organisation__in=introduction.both)


def _does(
    viewer: Viewer, introduction: Introduction, side: Organisation, act: Act
) -> bool:
    onlooker = onlooker_of(introduction, viewer)
    return onlooker.speaks(introduction, side) or onlooker.helps(
        introduction, side, act
    )


def _helps(
    viewer: Viewer, introduction: Introduction, side: Organisation, act: Act
) -> bool:
    return onlooker_of(introduction, viewer).helps(introduction, side, act)


def can_withdraw(viewer: Viewer, introduction: Introduction) -> bool:
    return onlooker_of(introduction, viewer).speaks(introduction, introduction.asker)


def can_close(viewer: Viewer, introduction: Introduction) -> bool:
    """The sides' own people: no mandate reaches as far as steps and endings."""
    onlooker = onlooker_of(introduction, viewer)
    return any(onlooker.speaks(introduction, side) for side in introduction.both)


def can_report(viewer: Viewer, introduction: Introduction) -> bool:
    """Anybody of either side's own people, also long after it has ended."""
    return bool(onlooker_of(introduction, viewer).sides)


def can_take_out(viewer: Viewer, introduction: Introduction) -> bool:
    """Those who speak for a side, of what has been sent; no facilitator."""
    return introduction.status != Introduction.Status.DRAFT and can_close(
        viewer, introduction
    )


def can_settle(user: User) -> bool:
    """Staff who look into what members report of threads."""
    return user.is_active and user.has_perm("introductions.change_concern")


def can_read(viewer: Viewer, introduction: Introduction) -> bool:
    """What the two sides write to each other: their own people, while both agree."""
    return introduction.is_open and can_report(viewer, introduction)


def can_write(viewer: Viewer, introduction: Introduction) -> bool:
    """Messages need a standing introduction and somebody who speaks for a side."""
    return introduction.is_open and can_close(viewer, introduction)
