"""What ventures do when an introduction they rest on ends."""

from django.dispatch import receiver

from marketplace.introductions.models import Introduction
from marketplace.introductions.signals import introduction_closed

from .actions import withdraw_proposals


@receiver(introduction_closed, dispatch_uid="ventures_withdraw_proposals")
def withdraw_unsigned(introduction: Introduction, **_: object) -> None:
    withdraw_proposals(introduction)
