"""What ventures do when partners know each other no more."""

from django.dispatch import receiver

from marketplace.introductions.models import Introduction
from marketplace.introductions.signals import (
    introduction_closed,
    introduction_stepped_back,
)
from marketplace.organisations.stages import Stage

from .actions import end_arrangements, end_observers, withdraw_proposals


@receiver(introduction_closed, dispatch_uid="ventures_withdraw_proposals")
def withdraw_unsigned(introduction: Introduction, **_: object) -> None:
    withdraw_proposals(introduction)
    end_arrangements(introduction)
    end_observers(introduction)


@receiver(introduction_stepped_back, dispatch_uid="ventures_withdraw_unknown")
def withdraw_between_strangers(introduction: Introduction, **_: object) -> None:
    if introduction.stage < Stage.PERSON:
        withdraw_proposals(introduction)
        end_arrangements(introduction)
        end_observers(introduction)
