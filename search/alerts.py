"""Tells investors of what fits their mandates: at once, or in one letter a day or week.

Nobody is told in quiet hours or on days off: what comes then waits, and one letter
tells it all when they are over.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from marketplace.introductions.limits import is_resting
from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate
from marketplace.notices.actions import notify
from marketplace.notices.models import is_quiet_for
from marketplace.people.models import User
from search.matching.mandate_rows import note_told, weigh_broadly, weigh_due
from search.models import MandateKey, MandateLetter, MandateMatch
from search.notice_kinds import MANDATE_NEWS

AT_ONCE_A_DAY = 5
"""Letters at once that one person gets in a day; the rest comes with the next day's."""
MOST_IN_A_LETTER = 20
_WAIT = {
    InvestorMandate.Cadence.AT_ONCE: timedelta(days=1),
    InvestorMandate.Cadence.DAILY: timedelta(days=1),
    InvestorMandate.Cadence.WEEKLY: timedelta(days=7),
}
# A quarter of an hour of grace, so that a letter a day does not wander round the clock.
_GRACE = timedelta(minutes=15)


def tell_at_once() -> int:
    """Weigh what came and tell those who wish to hear at once; returns letters."""
    weigh_due()
    since = timezone.now() - timedelta(days=1)
    letters = 0
    for reader, rows in _by_reader([InvestorMandate.Cadence.AT_ONCE]).items():
        had = MandateLetter.objects.filter(reader=reader, made_at__gt=since).count()
        if had < AT_ONCE_A_DAY and not is_quiet_for(reader, timezone.now()):
            letters += bool(_tell(reader, rows))
    return letters


def tell_digests(now: datetime | None = None) -> int:
    """One letter to everybody whose day or week is over; returns letters.

    Safe to run at any time: a letter made is the mark that nothing is due.
    """
    now = now or timezone.now()
    weigh_due()
    _weigh_broad_ones(now)
    letters = 0
    for reader, rows in _by_reader(InvestorMandate.Cadence.values).items():
        due = [row for row in rows if _is_due(reader, row.mandate.cadence, now)]
        if due and not is_quiet_for(reader, now):
            letters += bool(_tell(reader, due))
    return letters


def _is_due(reader: User, cadence: str, now: datetime) -> bool:
    newest = MandateLetter.objects.filter(reader=reader).order_by("-made_at").first()
    wait = _WAIT[InvestorMandate.Cadence(cadence)] - _GRACE
    return newest is None or newest.made_at <= now - wait


def _weigh_broad_ones(now: datetime) -> None:
    broad = MandateKey.objects.filter(key=MandateKey.ANY).values("mandate")
    mandates = InvestorMandate.objects.running().entitled().filter(pk__in=broad)
    for mandate in mandates.with_conditions():
        weigh_broadly(mandate, since=now - timedelta(days=2))


def _by_reader(cadences: Iterable[str]) -> dict[User, list[MandateMatch]]:
    """What is untold and may be seen, by the person who is to hear of it."""
    running = InvestorMandate.objects.running().entitled()
    rows = (
        MandateMatch.objects.untold()
        .filter(mandate__in=running, mandate__cadence__in=list(cadences))
        .select_related("mandate__organisation", "mandate__owner")
        .order_by("-score", "pk")
    )
    found: dict[User, list[MandateMatch]] = defaultdict(list)
    for row in rows:
        found[row.mandate.owner].append(row)
    heard = {reader: _that_may_be_heard(reader, own) for reader, own in found.items()}
    return {reader: own for reader, own in heard.items() if own}


def _that_may_be_heard(reader: User, rows: list[MandateMatch]) -> list[MandateMatch]:
    """Of mandates this person still acts for, about what it may see; two queries."""
    if not reader.is_active:
        return []
    own = set(InvestorMandate.objects.of(reader).values_list("pk", flat=True))
    named = Listing.objects.visible_to(reader).filter(
        pk__in=[row.listing_id for row in rows]
    )
    # What takes no more requests is told once it has room again.
    named = named.exclude(is_resting())
    visible = set(named.values_list("pk", flat=True))
    return [row for row in rows if row.mandate_id in own and row.listing_id in visible]


@transaction.atomic
def _tell(reader: User, rows: list[MandateMatch]) -> MandateLetter | None:
    """One letter; a row that another run told meanwhile is not told again."""
    ids = [row.pk for row in rows[:MOST_IN_A_LETTER]]
    # Locked first and asked after: who waited for the lock sees what was told meanwhile.
    list(MandateMatch.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    still = MandateMatch.objects.untold().filter(pk__in=ids)
    told = list(still)
    if not told:
        return None
    letter = MandateLetter.objects.create(reader=reader)
    note_told(told, letter)
    notify(
        reader,
        MANDATE_NEWS,
        about=letter,
        url=letter.get_absolute_url(),
        once=str(letter.public_id),
        number=len(told),
    )
    return letter
