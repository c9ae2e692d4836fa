"""What becomes of meetings when an introduction ends."""

from django.dispatch import receiver

from marketplace.introductions.models import Introduction
from marketplace.introductions.signals import introduction_closed, introduction_left

from .actions import end_meetings, let_nobody_set_out


@receiver(introduction_closed, dispatch_uid="meetings_end_with_introduction")
def end_with_introduction(introduction: Introduction, **_: object) -> None:
    end_meetings(introduction)


@receiver(introduction_left, dispatch_uid="meetings_of_what_one_side_left")
def part_before_a_meeting(introduction: Introduction, **_: object) -> None:
    let_nobody_set_out(introduction)
