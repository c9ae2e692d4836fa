"""Two people who agree to the steps of an introduction, one after the other."""

from marketplace.introductions.actions import accept_introduction, agree_to_step
from marketplace.introductions.models import Introduction
from marketplace.introductions.steps import STEPS
from marketplace.organisations.stages import Stage
from marketplace.people.models import User


def agree_both(
    introduction: Introduction, *people: User, upto: Stage = Stage.PERSON
) -> Introduction:
    """Each of these agrees to every step up to one; the row as it is then."""
    for stage in STEPS:
        if stage <= upto:
            for person in people:
                agree_to_step(introduction, by=person, stage=stage)
    return Introduction.objects.get(pk=introduction.pk)


def introduce(introduction: Introduction, asker: User, asked: User) -> Introduction:
    """A request is accepted and walked to its end: both know each other's people."""
    accept_introduction(introduction, by=asked)
    return agree_both(introduction, asker, asked)
