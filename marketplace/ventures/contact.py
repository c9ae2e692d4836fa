"""How long partners stay in contact, by cohort and side; small groups are withheld."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from marketplace.organisations.models import Side

from .honesty import KNOWN
from .models import Arrangement, ArrangementWord, JointVenture, VentureParty
from .occasions import Phase
from .survival import Spell, Step, kaplan_meier, spell_of

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """One curve. Withheld, `size` and `lost` are None and there are no steps.

    `longest` is the days for which the contact watched longest was watched.
    """

    key: str
    size: int | None
    lost: int | None
    longest: int
    steps: tuple[Step, ...]

    def left_at(self, day: int) -> tuple[float, float, float] | None:
        """What is left on a day, with both ends of the interval; None beyond the data."""
        if day > self.longest:
            return None
        passed = [step for step in self.steps if step.day <= day]
        if not passed:
            return 1.0, 1.0, 1.0
        return passed[-1].survival, passed[-1].low, passed[-1].high


@dataclass(frozen=True, slots=True)
class ArrangementFigures:
    """What became of the arrangements all had agreed to; none of it names anybody."""

    agreed: int
    in_force: int
    lapsed: int
    ended_early: int
    renewed: int
    kept: int
    not_kept: int


def by_cohort(today: date) -> tuple[Group, ...]:
    """Ventures by the half year in which all had signed: lost with the first silence.

    Keys are the first days of the half years, as ISO dates.
    """
    found: dict[str, list[Spell]] = defaultdict(list)
    for venture in _ventures():
        spells = [_spell(party, venture, today) for party in venture.parties.all()]
        lost = [spell for spell in spells if spell.lost]
        found[_half_year(_since(venture))].append(
            min(lost or spells, key=lambda spell: spell.days)
        )
    return groups_of(dict(sorted(found.items())))


def by_side(today: date) -> tuple[Group, ...]:
    """Partners by their side: lost when a partner itself has said nothing for long."""
    found: dict[str, list[Spell]] = {side: [] for side in Side.values}
    for venture in _ventures():
        for party in venture.parties.all():
            found[party.organisation.side].append(_spell(party, venture, today))
    return groups_of({side: spells for side, spells in found.items() if spells})


def groups_of(spells: Mapping[str, list[Spell]]) -> tuple[Group, ...]:
    """A curve for each group of five and more.

    Where one group alone is too small, the smallest of the others is withheld with it,
    so that nobody finds the one by taking the others from a sum.
    """
    small = {key for key, rows in spells.items() if len(rows) < FEWEST}
    shown = [key for key in spells if key not in small]
    if len(small) == 1 and shown:
        small.add(min(shown, key=lambda key: len(spells[key])))
    return tuple(
        Group(key, None, None, 0, ()) if key in small else _group(key, rows)
        for key, rows in spells.items()
    )


def arrangement_figures(now: datetime) -> ArrangementFigures | None:
    """None where fewer than five were ever agreed to."""
    rows = list(
        Arrangement.objects.filter(agreed_at__isnull=False).prefetch_related(
            "words", "renewals", "venture__parties"
        )
    )
    if len(rows) < FEWEST:
        return None
    phases = [None if row.left_at else row.phase_at(now) for row in rows]
    words = [_kept(row) for row in rows]
    return ArrangementFigures(
        agreed=len(rows),
        in_force=phases.count(Phase.IN_FORCE),
        lapsed=phases.count(Phase.LAPSED),
        ended_early=phases.count(None),
        renewed=sum(any(each.agreed_at for each in row.renewals.all()) for row in rows),
        kept=words.count(True),
        not_kept=words.count(False),
    )


def _ventures() -> Iterable[JointVenture]:
    signed = JointVenture.objects.filter(agreed_at__isnull=False)
    return signed.select_related("closing").prefetch_related(
        "parties__organisation", "parties__confirmations"
    )


def _since(venture: JointVenture) -> date:
    return timezone.localdate(venture.agreed_at)


def _spell(party: VentureParty, venture: JointVenture, today: date) -> Spell:
    """Watched until today, or until all closed the venture together: that is no loss."""
    note = getattr(venture, "closing", None)
    if note is not None and note.closed_at is not None:
        today = min(today, timezone.localdate(note.closed_at))
    heard = [timezone.localdate(word.said_at) for word in party.confirmations.all()]
    return spell_of(_since(venture), heard, today, silence=KNOWN)


def _half_year(day: date) -> str:
    return date(day.year, 1 if day.month <= 6 else 7, 1).isoformat()


def _group(key: str, rows: list[Spell]) -> Group:
    lost = sum(row.lost for row in rows)
    longest = max(row.days for row in rows)
    return Group(key, len(rows), lost, longest, kaplan_meier(rows))


def _kept(row: Arrangement) -> bool | None:
    """Kept by the word of all, not kept by the word of one, else unknown."""
    agreed = ArrangementWord.What.AGREED
    last = {word.party_id: word.what for word in row.words.all() if word.what != agreed}
    if ArrangementWord.What.NOT_KEPT in last.values():
        return False
    return True if len(last) == len(row.venture.parties.all()) else None
