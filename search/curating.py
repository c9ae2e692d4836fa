"""Staff suggest a pair with a written reason, end it, and see what came of such pairs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.listings.models import Listing
from marketplace.listings.permissions import can_review
from marketplace.organisations.meeting import may_meet
from marketplace.people.models import User
from marketplace.refusals import require

from .matching.matcher import refresh_matches
from .models import CuratedMatch, MatchEvent

MOST_A_LISTING = 5
"""Suggestions stand first in a list; with more it would be theirs."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Pairs that were shown, and of these how many were asked for and accepted."""

    shown: int
    asked: int
    accepted: int


@transaction.atomic
def suggest_match(
    one: Listing, other: Listing, *, by: User, why: Mapping[str, str]
) -> CuratedMatch:
    """Put a pair at the top of both owners' matches, with the reason by language.

    Where one does not want to meet the other it stands all the same, and shows no more
    than any pair of theirs: a refusal would tell staff of it.
    """
    require(can_review(by))
    first, second = sorted((one, other), key=lambda listing: listing.pk)
    _check(first, second)
    made, is_new = CuratedMatch.objects.get_or_create(
        first=first,
        second=second,
        ended_at=None,
        defaults={"made_by": by, **{f"why_{code}": why[code] for code in why}},
    )
    if not is_new:
        raise DomainError(_("This pair is suggested already."))
    refresh_matches(first.pk)
    log(made, "search.suggest_match", user=by)
    return made


@transaction.atomic
def end_suggestion(made: CuratedMatch, *, by: User) -> CuratedMatch:
    """The pair stands by its points alone again."""
    require(may_end(by, made))
    made = CuratedMatch.objects.select_for_update().get(pk=made.pk)
    if made.is_standing:
        made.ended_at = timezone.now()
        made.save(update_fields=["ended_at"])
        refresh_matches(made.first_id)
        log(made, "search.end_suggestion", user=by)
    return made


def may_end(user: User, made: CuratedMatch) -> bool:
    return made.is_standing and can_review(user)


def _check(first: Listing, second: Listing) -> None:
    live = Listing.objects.live().filter(pk__in=[first.pk, second.pk])
    if first.pk == second.pk or live.count() < 2:
        raise DomainError(_("Both must be public listings, and not the same one."))
    if not may_meet(first.organisation, second.organisation):
        raise DomainError(_("These two are not matched with each other."))
    standing = CuratedMatch.objects.standing()
    if any(standing.of(end.pk).count() >= MOST_A_LISTING for end in (first, second)):
        raise DomainError(_("One of them has five suggestions. End one of them first."))


def effects() -> dict[str, Effect]:
    """What became of suggested and of computed pairs, from the log, apart.

    A pair counts as suggested from the day it was; each direction of it once.
    """
    days = {
        pair: made.date()
        for one, other, made in CuratedMatch.objects.order_by("-made_at").values_list(
            "first", "second", "made_at"
        )
        for pair in ((one, other), (other, one))
    }
    pairs: dict[str, dict[str, set[tuple[int, int]]]] = {
        name: {kind: set() for kind in MatchEvent.Kind.values}
        for name in ("suggested", "computed")
    }
    events = MatchEvent.objects.filter(seeker__isnull=False)
    rows = events.values_list("seeker", "shown", "kind", "happened_on").distinct()
    for seeker, shown, kind, day in rows.iterator():
        since = days.get((seeker, shown))
        name = "suggested" if since and day >= since else "computed"
        pairs[name][kind].add((seeker, shown))
    return {name: _effect(found) for name, found in pairs.items()}


def _effect(found: Mapping[str, Collection[tuple[int, int]]]) -> Effect:
    kinds = MatchEvent.Kind
    return Effect(
        *(len(found[kind]) for kind in (kinds.SHOWN, kinds.REQUESTED, kinds.ACCEPTED))
    )
