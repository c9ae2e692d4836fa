"""What becomes of meetings when an introduction ends."""

from django.dispatch import receiver

from marketplace.introductions.models import Introduction
from marketplace.introductions.signals import introduction_closed

from .actions import end_meetings


@receiver(introduction_closed, dispatch_uid="meetings_end_with_introduction")
def end_with_introduction(introduction: Introduction, **_: object) -> None:
    end_meetings(introduction)
