"""What ventures do when an introduction they rest on ends."""

from django.dispatch import receiver

from marketplace.introductions.models import Introduction
from marketplace.introductions.signals import (
    introduction_closed,
    introduction_stepped_back,
)
from marketplace.organisations.stages import Stage

from .actions import withdraw_proposals


@receiver(introduction_closed, dispatch_uid="ventures_withdraw_proposals")
def withdraw_unsigned(introduction: Introduction, **_: object) -> None:
    withdraw_proposals(introduction)


@receiver(introduction_stepped_back, dispatch_uid="ventures_withdraw_unknown")
def withdraw_between_strangers(introduction: Introduction, **_: object) -> None:
    if introduction.stage < Stage.PERSON:
        withdraw_proposals(introduction)
