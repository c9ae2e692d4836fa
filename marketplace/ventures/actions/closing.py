"""The end that all partners say together, and the link to begin anew."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.ventures import notice_kinds
from marketplace.ventures.giveaways import given_away
from marketplace.ventures.models import (
    ClosingNote,
    ClosingWord,
    JointVenture,
    Lesson,
    VentureParty,
)
from marketplace.ventures.partners import introduction_among
from marketplace.ventures.permissions import party_of

from .going_on import going_on
from .signing import propose_venture
from .telling import tell, tell_others
from .texts import VentureText


@dataclass(frozen=True, slots=True)
class ClosingText:
    """How it ended, what the partners say of it, and what others may learn."""

    ending: str
    note: str
    lesson: str
    written_in: str


@transaction.atomic
def write_closing(venture: JointVenture, *, by: User, text: ClosingText) -> ClosingNote:
    """A partner writes the note or changes it; an earlier yes of anybody is void.

    Words that are there already change nothing and say yes to nothing: only
    `confirm_closing` does that, as only it ends the venture.
    """
    venture, party = _closable(venture, by)
    if given_away(text.lesson, venture, party.organisation):
        raise DomainError(
            _("The lesson still names somebody. Please say it otherwise.")
        )
    note = ClosingNote.objects.filter(venture=venture).first()
    changes = asdict(text)
    if note is None:
        note = ClosingNote.objects.create(venture=venture, written_by=by, **changes)
    elif all(getattr(note, name) == value for name, value in changes.items()):
        return note
    else:
        for name, value in changes.items():
            setattr(note, name, value)
        note.version += 1
        note.save()
    _say(note, party, by)
    log(venture, "ventures.closing_write", user=by)
    tell_others(venture, party, notice_kinds.CLOSING)
    return note


@transaction.atomic
def confirm_closing(note: ClosingNote, *, by: User, version: int) -> ClosingNote:
    """A partner confirms the version it has read; the last yes ends the venture."""
    venture, party = _closable(note.venture, by)
    note = ClosingNote.objects.get(pk=note.pk)
    if version != note.version:
        raise DomainError(_("The note has changed. Read it again before you confirm."))
    if not _say(note, party, by):
        return note
    log(venture, "ventures.closing_confirm", user=by)
    said = note.words.filter(version=note.version).count()
    if said == venture.parties.count():
        _close(note, venture, by)
    else:
        tell_others(venture, party, notice_kinds.CLOSING)
    return note


@transaction.atomic
def restart_venture(note: ClosingNote, *, by: User, text: VentureText) -> JointVenture:
    """The same partners propose it anew, where each still knows each.

    One new start at a time: a second comes when the first was withdrawn.
    """
    venture = JointVenture.objects.locked(note.venture_id)
    note = ClosingNote.objects.select_related("restarted_as").get(pk=note.pk)
    require(note.closed_at is not None)
    ours = set(venture.parties.values_list("organisation", flat=True))
    require(ours == {organisation.pk for organisation in text.ownership})
    started = note.restarted_as
    if started is not None and started.status != JointVenture.Status.WITHDRAWN:
        raise DomainError(_("This venture was started anew already."))
    party = party_of(by, venture)
    if party is None:
        raise NotAllowed
    introduction = introduction_among(venture, party.organisation)
    anew = propose_venture(introduction, by=by, text=text)
    note.restarted_as = anew
    note.save(update_fields=["restarted_as"])
    log(venture, "ventures.restart", user=by)
    return anew


def _closable(venture: JointVenture, by: User) -> tuple[JointVenture, VentureParty]:
    venture, party = going_on(venture, by)
    if venture.activated_at is None:
        # A fee is open: money that comes later must find the venture it is for.
        raise DomainError(
            _("Settle the programme fee first, or ask for a waiver; then it can close.")
        )
    return venture, party


def _say(note: ClosingNote, party: VentureParty, by: User) -> bool:
    _word, is_new = ClosingWord.objects.get_or_create(
        note=note, party=party, version=note.version, defaults={"said_by": by}
    )
    return is_new


def _close(note: ClosingNote, venture: JointVenture, by: User) -> None:
    JointVenture.lifecycle.advance(venture, to=JointVenture.Status.ENDED)
    note.closed_at = timezone.now()
    note.save(update_fields=["closed_at"])
    venture.arrangements.filter(left_at__isnull=True).update(left_at=note.closed_at)
    if note.lesson:
        Lesson.objects.create(
            note=note,
            ending=note.ending,
            written_in=note.written_in,
            **{f"text_{note.written_in}": note.lesson},
        )
    log(venture, "ventures.close", user=by)
    tell(venture, notice_kinds.CLOSED, but=by)
