"""Next steps and milestones: written by one partner, real by the word of all."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.ventures import notice_kinds
from marketplace.ventures.models import (
    JointVenture,
    Milestone,
    MilestoneWord,
    VentureParty,
)

from .going_on import going_on
from .telling import tell_others

What = MilestoneWord.What
MOST_UNDER_WAY = 30


@dataclass(frozen=True, slots=True)
class MilestoneText:
    """What is to be done, by whom of the partners, and by which day."""

    kind: str
    text: str
    owner: VentureParty
    due_on: date


@transaction.atomic
def add_milestone(venture: JointVenture, *, by: User, text: MilestoneText) -> Milestone:
    """A partner writes down a step; it counts once the others confirm it too."""
    venture, party = going_on(venture, by)
    require(text.owner.venture_id == venture.pk)
    if venture.milestones.under_way().count() >= MOST_UNDER_WAY:
        raise DomainError(_("There are many open steps already. Finish some first."))
    milestone = Milestone.objects.create(
        venture=venture, written_by=by, **_fields(text)
    )
    _say(milestone, party, by, What.COUNTS)
    _note(milestone, party, by, "ventures.milestone_add")
    return milestone


@transaction.atomic
def edit_milestone(milestone: Milestone, *, by: User, text: MilestoneText) -> Milestone:
    """A partner writes it anew: every word about the version before is void."""
    venture, party = going_on(milestone.venture, by)
    milestone = _under_way(venture, milestone)
    require(text.owner.venture_id == venture.pk)
    changes = _fields(text)
    if all(getattr(milestone, name) == value for name, value in changes.items()):
        return milestone
    for name, value in changes.items():
        setattr(milestone, name, value)
    milestone.version += 1
    milestone.save()
    milestone.words.filter(voided_at__isnull=True).update(voided_at=timezone.now())
    _say(milestone, party, by, What.COUNTS)
    _note(milestone, party, by, "ventures.milestone_edit")
    return milestone


@transaction.atomic
def confirm_milestone(
    milestone: Milestone, *, by: User, what: str, version: int
) -> Milestone:
    """A partner says of the version it has read that it counts, is done or be dropped.

    Done, and dropped once it has counted, need the word of all partners; what never
    counted ends by the word of any. Saying it twice counts once.
    """
    venture, party = going_on(milestone.venture, by)
    milestone = _under_way(venture, milestone)
    if version != milestone.version:
        raise DomainError(_("This step has changed. Read it again before you answer."))
    if what == What.DONE and not milestone.counts:
        raise DomainError(_("It can be done once all partners have confirmed it."))
    if not _say(milestone, party, by, What(what)):
        return milestone
    _settle(milestone)
    _note(milestone, party, by, "ventures.milestone_say")
    return milestone


def _fields(text: MilestoneText) -> dict[str, object]:
    return {
        "kind": text.kind,
        "text": text.text,
        "owner": text.owner,
        "due_on": text.due_on,
    }


def _under_way(venture: JointVenture, milestone: Milestone) -> Milestone:
    """The row as it is now, behind the lock of its venture."""
    milestone = venture.milestones.get(pk=milestone.pk)
    if milestone.is_over:
        raise DomainError(_("This step is over already."))
    return milestone


def _say(milestone: Milestone, party: VentureParty, by: User, what: What) -> bool:
    """Whether this partner had not said so before."""
    _word, is_new = MilestoneWord.objects.get_or_create(
        milestone=milestone,
        party=party,
        what=what,
        voided_at=None,
        defaults={"said_by": by},
    )
    return is_new


def _settle(milestone: Milestone) -> None:
    """What has become true by the words of all."""
    parties = set(milestone.venture.parties.values_list("pk", flat=True))
    words = milestone.words.filter(voided_at__isnull=True)

    def said(what: What) -> set[int]:
        return set(words.filter(what=what).values_list("party", flat=True))

    if said(What.COUNTS) == parties and not milestone.counts:
        milestone.stood_version = milestone.version
        milestone.stood_text = milestone.text
        milestone.stood_owner = milestone.owner
        milestone.stood_due_on = milestone.due_on
    never_counted = milestone.stood_version is None
    if said(What.DONE) == parties:
        milestone.done_at = timezone.now()
    elif (dropping := said(What.DROPPED)) == parties or (dropping and never_counted):
        milestone.dropped_at = timezone.now()
    milestone.save()


def _note(milestone: Milestone, party: VentureParty, by: User, act: str) -> None:
    """The log knows that it was said; the others are told, and read it on the page."""
    log(milestone.venture, act, user=by)
    tell_others(milestone.venture, party, notice_kinds.MILESTONE)
