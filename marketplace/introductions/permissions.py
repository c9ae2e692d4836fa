"""Who may ask, answer, write and take back."""

from marketplace.facilitation.models import Act
from marketplace.facilitation.permissions import may_do
from marketplace.listings.models import Listing
from marketplace.organisations.meeting import may_meet
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User

from .models import Introduction


def can_ask(user: User, listing: Listing, asker: Organisation) -> bool:
    """A member who speaks for another organisation may ask about a live listing."""
    return (
        can_act_for(user, asker)
        and may_meet(asker, listing.organisation)
        and Listing.objects.visible_to(user).filter(pk=listing.pk).exists()
    )


def can_answer(user: User, introduction: Introduction) -> bool:
    """Who speaks for the side that was asked, or answers for it by its mandate.

    Nobody where it has blocked the other side.
    """
    return introduction.silenced_at is None and _does(
        user, introduction, introduction.asked, Act.ANSWER
    )


def can_hold(user: User, introduction: Introduction) -> bool:
    """A facilitator of the asked side alone: its own people answer or do not."""
    return introduction.silenced_at is None and _helps(
        user, introduction, introduction.asked, Act.HOLD
    )


def can_reply(user: User, introduction: Introduction) -> bool:
    """Who replies to the one question."""
    return _does(user, introduction, introduction.asker, Act.REPLY)


def can_add_context(user: User, introduction: Introduction) -> bool:
    """A facilitator of either side, for the other side to read."""
    return any(
        _helps(user, introduction, side, Act.CONTEXT) for side in introduction.both
    )


def can_give_mandate(user: User, introduction: Introduction) -> bool:
    """Each side for itself, while the introduction is written, waits or stands."""
    own = introduction.side_of(user)
    lives = introduction.is_waiting or introduction.is_open
    return (lives or introduction.is_draft) and _speaks(user, introduction, own)


def can_soften(user: User, introduction: Introduction) -> bool:
    """A facilitator of the side that writes a draft, before anybody else reads it."""
    asker = introduction.asker
    return introduction.is_draft and _helps(user, introduction, asker, Act.SOFTEN)


def can_draft(user: User, introduction: Introduction) -> bool:
    """A facilitator of the side that asks, in a draft of it that nobody else reads."""
    asker = introduction.asker
    return introduction.is_draft and _helps(user, introduction, asker, Act.DRAFT)


def can_schedule(user: User, introduction: Introduction) -> bool:
    """Who agrees on times of meetings for a side, while both agree to talk."""
    if not introduction.is_open:
        return False
    return _does(user, introduction, introduction.side_of(user), Act.SCHEDULE)


def _does(user: User, introduction: Introduction, side: Organisation, act: str) -> bool:
    return _speaks(user, introduction, side) or _helps(user, introduction, side, act)


def _speaks(user: User, introduction: Introduction, side: Organisation) -> bool:
    """For a side that has left nobody speaks: to its people it is over."""
    return introduction.left_by_id != side.pk and can_act_for(user, side)


def _helps(
    user: User, introduction: Introduction, side: Organisation, act: str
) -> bool:
    """By a mandate, and for none whose counterpart is this person's own organisation.

    A side cannot know that when it gives the mandate, and no refusal may tell it.
    """
    if not may_do(user, side, act, introduction.public_id):
        return False
    other = introduction.other_than(side)
    return not Organisation.objects.of(user).filter(pk=other.pk).exists()


def can_withdraw(user: User, introduction: Introduction) -> bool:
    return _speaks(user, introduction, introduction.asker)


def can_close(user: User, introduction: Introduction) -> bool:
    """The sides' own people: no mandate reaches as far as steps and endings."""
    return any(_speaks(user, introduction, side) for side in introduction.both)


def can_report(user: User, introduction: Introduction) -> bool:
    """Anybody of either side's own people, also long after it has ended."""
    both = (introduction.asker_id, introduction.asked_id)
    return Organisation.objects.of(user).filter(pk__in=both).exists()


def can_take_out(user: User, introduction: Introduction) -> bool:
    """Those who speak for a side, of what has been sent; no facilitator."""
    return introduction.status != Introduction.Status.DRAFT and can_close(
        user, introduction
    )


def can_settle(user: User) -> bool:
    """Staff who look into what members report of threads."""
    return user.is_active and user.has_perm("introductions.change_concern")


def can_read(user: User, introduction: Introduction) -> bool:
    """What the two sides write to each other: their own people, while both agree."""
    return introduction.is_open and can_report(user, introduction)


def can_write(user: User, introduction: Introduction) -> bool:
    """Messages need a standing introduction and somebody who speaks for a side."""
    return introduction.is_open and can_close(user, introduction)
