"""The steps after the first: sector facts, the organisation, the person.

Each opens when both sides have agreed to it, one after the other; silence opens
nothing, and either side can stop a step at any time.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.exceptions import MoveNotAllowed
from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Introduction, StageConsent
from marketplace.introductions.permissions import can_close
from marketplace.introductions.signals import (
    introduction_known,
    introduction_stepped_back,
)
from marketplace.introductions.steps import STEPS, next_step, stage_before
from marketplace.notices.actions import drop_unsent
from marketplace.organisations.actions import end_disclosures
from marketplace.organisations.stages import Stage
from marketplace.people.models import User
from marketplace.refusals import require

from .parts import give_consent, open_both_ways, tell


@transaction.atomic
def agree_to_step(
    introduction: Introduction, *, by: User, stage: Stage
) -> Introduction:
    """One side agrees to the next step; it opens once the other has agreed too.

    Safe to repeat. Raises `MoveNotAllowed` for a step that is not the next one.
    """
    introduction = Introduction.objects.locked(introduction.pk)
    require(introduction.is_open and can_close(by, introduction))
    own = introduction.side_of(by)
    if stage in STEPS and introduction.given_by(own) >= stage:
        return introduction
    if stage != next_step(introduction):
        raise MoveNotAllowed
    give_consent(introduction, own, by, stage)
    log(introduction, "introductions.agree", user=by, data={"stage": int(stage)})
    other = introduction.other_than(own)
    if not open_both_ways(introduction, stage, by):
        tell(introduction, other, notice_kinds.STEP_WISHED, is_paced=True)
        return introduction
    tell(introduction, other, notice_kinds.STEP_OPEN, is_paced=True)
    if stage == Stage.PERSON:
        introduction_known.send(sender=Introduction, introduction=introduction)
    return introduction


@transaction.atomic
def stop_step(introduction: Introduction, *, by: User, stage: Stage) -> Introduction:
    """One side takes back its yes to a step, and to all that follow from it.

    What was open from that step on closes both ways; to open it anew needs both
    sides again.
    """
    introduction = Introduction.objects.locked(introduction.pk)
    require(introduction.is_open and can_close(by, introduction))
    own = introduction.side_of(by)
    if stage not in STEPS or introduction.given_by(own) < stage:
        raise MoveNotAllowed
    was_open = introduction.stage >= stage
    StageConsent.objects.live().filter(
        introduction=introduction, stage__gte=stage
    ).update(withdrawn_at=timezone.now())
    end_disclosures(
        scope=introduction.listing.public_id,
        between=introduction.both,
        by=by,
        above=stage_before(stage),
    )
    log(introduction, "introductions.stop", user=by, data={"stage": int(stage)})
    drop_unsent(introduction)
    introduction_stepped_back.send(sender=Introduction, introduction=introduction)
    if was_open:
        other = introduction.other_than(own)
        tell(introduction, other, notice_kinds.STEP_STOPPED, is_paced=True)
    return introduction
