"""What several verbs of an introduction share: a consent given, taken back, and told."""

from collections.abc import Iterable

from django.utils import timezone

from marketplace.facilitation.actions import end_mandates
from marketplace.introductions.models import Introduction, StageConsent
from marketplace.notices.actions import drop_unsent, notify
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.pacing import paced
from marketplace.organisations.actions import end_disclosures, open_disclosure
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User


def lock_both(one: Organisation, other: Organisation) -> None:
    """Acts that count or end what is between two happen one after the other.

    Taken before the lock of an introduction, never after it: so no two acts wait for
    each other. It leaves alone who only refers to the organisations.
    """
    both = Organisation.objects.filter(pk__in=(one.pk, other.pk)).order_by("pk")
    list(both.select_for_update(no_key=True).values_list("pk", flat=True))


def lock_to_answer(introduction: Introduction) -> Introduction:
    """The row as it is now, with its two sides; for acts that end its waiting."""
    lock_both(*introduction.both)
    return Introduction.objects.locked(introduction.pk)


def give_consent(
    introduction: Introduction, organisation: Organisation, by: User, stage: Stage
) -> StageConsent:
    """One side's yes to one stage; a second yes is the first one."""
    consent, _is_new = StageConsent.objects.live().get_or_create(
        introduction=introduction,
        organisation=organisation,
        stage=stage,
        defaults={"given_by": by},
    )
    return consent


def open_both_ways(introduction: Introduction, stage: Stage, by: User) -> bool:
    """Open a stage in both directions where both have said yes; else nothing."""
    consents = StageConsent.objects.live().filter(
        introduction=introduction, stage=stage
    )
    if consents.values("organisation").distinct().count() != 2:
        return False
    ids = [consent.public_id for consent in consents.order_by("pk")]
    for of, to in introduction.directions:
        open_disclosure(
            of=of,
            to=to,
            scope=introduction.listing.public_id,
            stage=stage,
            consents=ids,
            by=by,
        )
    return True


def take_back(introduction: Introduction, by: User) -> None:
    """From the commit on nothing of either side stands open, nor is on its way."""
    StageConsent.objects.live().filter(introduction=introduction).update(
        withdrawn_at=timezone.now()
    )
    end_disclosures(
        scope=introduction.listing.public_id, between=introduction.both, by=by
    )
    end_mandates(introduction.public_id)
    drop_unsent(introduction)


def tell(
    introduction: Introduction,
    organisation: Organisation,
    kind: NoticeKind,
    *,
    but: User | None = None,
    once: str = "",
    is_paced: bool = False,
) -> None:
    """One line to everybody who speaks for a side, unless it has blocked the other.

    With `is_paced` more of the same is not told again while it is unread, on one day.
    """
    is_silent = introduction.silenced_at is not None
    if is_silent and organisation.pk == introduction.asked_id:
        return
    url = introduction.get_absolute_url()
    for person in people_of(organisation):
        if person != but:
            name = str(introduction.public_id)
            key = paced(person, kind, name) if is_paced else once
            notify(person, kind, about=introduction, url=url, once=key)


def people_of(organisation: Organisation) -> Iterable[User]:
    """Those who may ask and answer in its name."""
    return User.objects.filter(
        memberships__organisation=organisation,
        memberships__role__in=("owner", "editor"),
        is_active=True,
    ).distinct()
