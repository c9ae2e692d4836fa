"""Local arrangements: proposed, agreed by all, kept or not, left by any."""

from dataclasses import asdict, dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.introductions.models import Introduction
from marketplace.notices.kinds import NoticeKind
from marketplace.people.clock import clock_user
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.ventures import notice_kinds
from marketplace.ventures.models import (
    Arrangement,
    ArrangementWord,
    JointVenture,
    VentureParty,
)
from marketplace.ventures.occasions import Phase
from marketplace.ventures.partners import knows_all

from .going_on import going_on
from .telling import tell, tell_others

What = ArrangementWord.What
MOST_OPEN = 30


@dataclass(frozen=True, slots=True)
class ArrangementText:
    """All that the partners agree to; hours and days are those of `zone`."""

    what: str
    who: str
    place: str
    first_on: date
    last_on: date
    from_time: time
    to_time: time
    repeats: str
    zone: str
    review_on: date


@dataclass(frozen=True, slots=True)
class Held:
    """An arrangement behind the lock of its venture, and the party who acts."""

    arrangement: Arrangement
    party: VentureParty
    by: User


@transaction.atomic
def propose_arrangement(
    venture: JointVenture,
    *,
    by: User,
    text: ArrangementText,
    renews: Arrangement | None = None,
) -> Arrangement:
    """A partner writes one down; it stands once all have agreed to the same text."""
    venture, party = going_on(venture, by)
    _refuse_strangers(venture)
    require(renews is None or renews.venture_id == venture.pk)
    today = timezone.localdate()
    not_over = venture.arrangements.filter(left_at__isnull=True, last_on__gte=today)
    if not_over.count() >= MOST_OPEN:
        raise DomainError(_("There are many arrangements already. Let some lapse."))
    arrangement = Arrangement.objects.create(
        venture=venture, renews=renews, written_by=by, **asdict(text)
    )
    held = Held(arrangement, party, by)
    _agree(held)
    _note(held, "ventures.arrangement_propose", notice_kinds.ARRANGEMENT)
    return arrangement


@transaction.atomic
def edit_arrangement(
    arrangement: Arrangement, *, by: User, text: ArrangementText
) -> Arrangement:
    """A partner changes what not all have agreed to; earlier words are void."""
    held = _held(arrangement, by)
    arrangement = held.arrangement
    if arrangement.agreed_at is not None:
        raise DomainError(
            _("What all have agreed to is not changed. Renew it instead.")
        )
    changes = asdict(text)
    if all(getattr(arrangement, name) == value for name, value in changes.items()):
        return arrangement
    for name, value in changes.items():
        setattr(arrangement, name, value)
    arrangement.version += 1
    arrangement.save()
    arrangement.words.filter(voided_at__isnull=True).update(voided_at=timezone.now())
    _agree(held)
    _note(held, "ventures.arrangement_edit", notice_kinds.ARRANGEMENT)
    return arrangement


@transaction.atomic
def agree_to_arrangement(
    arrangement: Arrangement, *, by: User, version: int
) -> Arrangement:
    """A partner agrees to the version it has read; the last yes makes it stand."""
    held = _held(arrangement, by)
    arrangement = held.arrangement
    if version != arrangement.version:
        raise DomainError(
            _("This arrangement has changed. Read it again before you answer.")
        )
    if arrangement.phase_at(timezone.now()) == Phase.LAPSED:
        raise DomainError(_("Its days are over. Write a new one."))
    if not _agree(held):
        return arrangement
    _note(held, "ventures.arrangement_agree", notice_kinds.ARRANGEMENT)
    return arrangement


@transaction.atomic
def leave_arrangement(arrangement: Arrangement, *, by: User) -> Arrangement:
    """A partner takes its consent back: it ends for all at once, without a reason."""
    held = _held(arrangement, by)
    arrangement = held.arrangement
    arrangement.left_at, arrangement.left_by = timezone.now(), held.party
    arrangement.save(update_fields=["left_at", "left_by"])
    _note(held, "ventures.arrangement_leave", notice_kinds.ARRANGEMENT_LEFT)
    return arrangement


@transaction.atomic
def say_kept(arrangement: Arrangement, *, by: User, kept: bool) -> ArrangementWord:
    """A partner says whether it was kept; each side speaks for itself alone."""
    venture, party = going_on(arrangement.venture, by)
    arrangement = venture.arrangements.get(pk=arrangement.pk)
    if arrangement.agreed_at is None:
        raise DomainError(_("Not all have agreed to this arrangement."))
    if arrangement.phase_at(arrangement.left_at or timezone.now()) == Phase.AHEAD:
        raise DomainError(_("It has not begun yet."))
    what = What.KEPT if kept else What.NOT_KEPT
    last = arrangement.words.filter(party=party).exclude(what=What.AGREED).last()
    if last is not None and last.what == what:
        return last
    word = ArrangementWord.objects.create(
        arrangement=arrangement, party=party, what=what, said_by=by
    )
    held = Held(arrangement, party, by)
    _note(held, "ventures.arrangement_kept", notice_kinds.ARRANGEMENT_KEPT)
    return word


@transaction.atomic
def end_arrangements(introduction: Introduction) -> None:
    """Two partners know each other's people no more: what these were to do ends.

    The signed text and its money stay. All are told, so that nobody goes there in vain;
    by whose will it ended is not said.
    """
    one, other = introduction.both
    if Introduction.objects.known().between(one, other).exists():
        return
    ventures = JointVenture.objects.filter(status__in=JointVenture.GOING_ON)
    for side in (one, other):
        ventures = ventures.filter(parties__organisation=side)
    for pk in list(ventures.order_by("pk").values_list("pk", flat=True)):
        _end_all(JointVenture.objects.locked(pk))


def _end_all(venture: JointVenture) -> None:
    now = timezone.now()
    rows = venture.arrangements.filter(left_at__isnull=True)
    over = [row.pk for row in rows if row.phase_at(now) != Phase.LAPSED]
    if venture.arrangements.filter(pk__in=over).update(left_at=now):
        log(venture, "ventures.arrangement_end", user=clock_user())
        tell(venture, notice_kinds.ARRANGEMENT_LEFT, paced=True)


def _refuse_strangers(venture: JointVenture) -> None:
    if not knows_all(venture):
        raise DomainError(
            _("Partners arrange something while all of them know each other's people.")
        )


def _held(arrangement: Arrangement, by: User) -> Held:
    venture, party = going_on(arrangement.venture, by)
    arrangement = venture.arrangements.get(pk=arrangement.pk)
    if arrangement.left_at is not None:
        raise DomainError(_("This arrangement has ended."))
    return Held(arrangement, party, by)


def _agree(held: Held) -> bool:
    """Whether this partner had not agreed before; stands by the yes of all."""
    arrangement = held.arrangement
    _word, is_new = ArrangementWord.objects.get_or_create(
        arrangement=arrangement,
        party=held.party,
        what=What.AGREED,
        voided_at=None,
        defaults={"said_by": held.by},
    )
    yes = arrangement.words.filter(what=What.AGREED, voided_at__isnull=True)
    if arrangement.agreed_at is None and (
        yes.count() == arrangement.venture.parties.count()
    ):
        arrangement.agreed_at = timezone.now()
        arrangement.save(update_fields=["agreed_at"])
    return is_new


def _note(held: Held, act: str, kind: NoticeKind) -> None:
    venture = held.arrangement.venture
    log(venture, act, user=held.by)
    tell_others(venture, held.party, kind)
