"""What partners of a venture have planned, in the words of a journey."""

from datetime import time, timedelta

from django.utils import timezone

from marketplace.people.models import User
from marketplace.ventures.actions import (
    ArrangementText,
    ClosingText,
    MilestoneText,
    activate_venture,
    add_milestone,
    agree_to_arrangement,
    confirm_milestone,
    propose_arrangement,
    withdraw_dissent,
    write_closing,
    write_dissent,
)
from marketplace.ventures.models import JointVenture
from tests.journeys.words import Words


def plan(
    venture: JointVenture, partners: list[User], words: Words, language: str
) -> None:
    """A step that waits, one that counts, an arrangement, dissent, a note to confirm."""
    day = timezone.localdate() + timedelta(days=20)
    first, second = venture.parties.all()
    for owner in (first, second):
        text = MilestoneText("step", words.answers["first_step"], owner, day)
        step = add_milestone(venture, by=partners[0], text=text)
    confirm_milestone(step, by=partners[1], what="counts", version=1)
    text = ArrangementText(
        what=words.brings,
        who=words.alias,
        place=words.descriptor,
        first_on=timezone.localdate(),
        last_on=day,
        from_time=time(0),
        to_time=time(23, 59),
        repeats="daily",
        zone="Asia/Hebron",
        review_on=timezone.localdate(),
    )
    arrangement = propose_arrangement(venture, by=partners[0], text=text)
    agree_to_arrangement(arrangement, by=partners[1], version=1)
    write_dissent(venture, by=partners[1], text=words.needs)
    note = write_dissent(venture, by=partners[0], text=words.summary)
    withdraw_dissent(note, by=partners[0])
    activate_venture(venture)
    closing = ClosingText("reached", words.purpose, words.summary, language)
    write_closing(venture, by=partners[1], text=closing)
