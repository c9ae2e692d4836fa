"""What several verbs of a meeting share: its lock, its end, and what is told."""

from datetime import datetime

from wagtail.log_actions import log

from marketplace.exceptions import MoveNotAllowed
from marketplace.facilitation.actions import keep_act
from marketplace.introductions.models import Introduction
from marketplace.introductions.permissions import people_scheduling_for
from marketplace.meetings.models import Meeting, Proposal
from marketplace.meetings.notice_kinds import CLIENT_PROPOSED, OF_TIMES, PROPOSED
from marketplace.notices.actions import drop_unsent, notify
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.pacing import paced
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import people_acting_for
from marketplace.people.models import User

Status = Meeting.Status


def locked(meeting: Meeting) -> Meeting:
    """The row as it is now, behind the lock of its introduction."""
    introduction = Introduction.objects.locked(meeting.introduction_id)
    meeting = Meeting.objects.get(pk=meeting.pk)
    meeting.introduction = introduction
    return meeting


def open_proposal(meeting: Meeting) -> Proposal | None:
    return meeting.proposals.open().first()


def the_open_proposal(meeting: Meeting) -> Proposal:
    """The times that wait for an answer; `MoveNotAllowed` where none do."""
    proposal = open_proposal(meeting)
    if proposal is None:
        raise MoveNotAllowed
    return proposal


def close_proposal(proposal: Proposal, status: str) -> None:
    proposal.status = status
    proposal.save(update_fields=["status"])


def take_off(
    meeting: Meeting, proposal: Proposal, status: str, meeting_status: str
) -> None:
    """Times wait no longer, and no mail says that they do; what was agreed stands."""
    close_proposal(proposal, status)
    if meeting.status == Status.PROPOSED:
        Meeting.lifecycle.advance(meeting, to=meeting_status)
        drop_unsent(meeting)
    else:
        drop_letters_of_times(meeting)


def drop_letters_of_times(meeting: Meeting) -> bool:
    """Whether a letter that told of times that wait had not left."""
    return drop_unsent(meeting, kinds=OF_TIMES) > 0


def finish(meeting: Meeting) -> Proposal | None:
    """An agreed meeting has begun or is over: no mail of it leaves any more.

    Times that were proposed to move it are now times for another meeting; they come
    back where a letter that would have told of them stays in the house.
    """
    Meeting.lifecycle.advance(meeting, to=Status.OVER, remind_at=None)
    is_untold = drop_letters_of_times(meeting)
    drop_unsent(meeting)
    proposal = open_proposal(meeting)
    if proposal is not None:
        proposal.meeting = Meeting.objects.create(
            introduction=meeting.introduction,
            asker_zone=meeting.asker_zone,
            asked_zone=meeting.asked_zone,
        )
        proposal.save(update_fields=["meeting"])
    return proposal if is_untold else None


def keep(meeting: Meeting, by: User, act: str, stamp: str) -> None:
    """The act goes into the log, and where a facilitator did it, its client reads so."""
    introduction = meeting.introduction
    log(introduction, f"meetings.{act}", user=by)
    own = introduction.side_of(by)
    keep_act(own, by=by, about=introduction.public_id, act=stamp)


def has_begun(meeting: Meeting, now: datetime) -> bool:
    agreed = meeting.status == Status.AGREED
    return agreed and meeting.begins_at is not None and meeting.begins_at <= now


def tell(
    meeting: Meeting,
    organisation: Organisation,
    kind: NoticeKind,
    *,
    but: User | None = None,
    once: str = "",
    is_paced: bool = False,
) -> None:
    """One line to everybody who speaks for a side; it names no party, time or place.

    With `is_paced` more of the same is not told again while it is unread, on one day.
    """
    if meeting.introduction.left_by_id == organisation.pk:
        return
    for person in people_acting_for(organisation):
        if person != but:
            key = paced(person, kind, str(meeting.public_id)) if is_paced else once
            url = meeting.get_absolute_url()
            notify(person, kind, about=meeting, url=url, once=key)


def tell_of_times(meeting: Meeting, by: Organisation) -> None:
    """The other side learns of times from `by`, and who agrees on times for it, too."""
    introduction = meeting.introduction
    side = introduction.other_than(by)
    tell(meeting, side, PROPOSED, is_paced=True)
    if introduction.left_by_id == side.pk:
        return
    for person in people_scheduling_for(introduction, side):
        key = paced(person, CLIENT_PROPOSED, str(meeting.public_id))
        url = meeting.get_absolute_url()
        notify(person, CLIENT_PROPOSED, about=meeting, url=url, once=key)


def tell_both(
    meeting: Meeting, kind: NoticeKind, *, but: User | None = None, once: str = ""
) -> None:
    for organisation in meeting.introduction.both:
        tell(meeting, organisation, kind, but=but, once=once)
