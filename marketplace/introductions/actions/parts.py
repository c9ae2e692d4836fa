"""What several verbs of an introduction share: a consent given, taken back, and told."""

from django.utils import timezone

from marketplace.facilitation.actions import end_mandates
from marketplace.introductions.models import Introduction, StageConsent
from marketplace.notices.actions import drop_unsent, notify
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.pacing import paced
from marketplace.organisations.actions import end_disclosures, open_disclosure
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import people_acting_for
from marketplace.organisations.stages import Stage
from marketplace.people.models import User


def lock_both(one: int, other: int) -> None:
    """Acts that count or end what is between two happen one after the other.

    Takes the keys of the two organisations.

    Taken before the lock of an introduction, never after it: so no two acts wait for
    each other. It leaves alone who only refers to the organisations.
    """
    both = Organisation.objects.filter(pk__in=(one, other)).order_by("pk")
    list(both.select_for_update(no_key=True).values_list("pk", flat=True))


def lock_to_answer(introduction: Introduction) -> Introduction:
    """The row as it is now, with its two sides; for acts that end its waiting."""
    lock_both(introduction.asker_id, introduction.asked_id)
    return Introduction.objects.locked(introduction.pk)


def give_consent(
    introduction: Introduction, organisation: Organisation, by: User, stage: Stage
) -> StageConsent:
    """One side's yes to one stage; a second yes is the first one.

    Its introduction is locked, or nobody knows of it yet: no other yes comes between.
    """
    yes = {"introduction": introduction, "organisation": organisation, "stage": stage}
    given = StageConsent.objects.live().filter(**yes).first()
    return given or StageConsent.objects.create(given_by=by, **yes)


def open_both_ways(introduction: Introduction, stage: Stage, by: User) -> bool:
    """Open a stage in both directions where both have said yes; else nothing."""
    given = StageConsent.objects.live().filter(introduction=introduction, stage=stage)
    consents = given.order_by("pk").values_list("organisation", "public_id")
    if {organisation for organisation, _id in consents} != {
        introduction.asker_id,
        introduction.asked_id,
    }:
        return False
    ids = [public_id for _organisation, public_id in consents]
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
    if introduction.left_by_id == organisation.pk:
        return
    url = introduction.get_absolute_url()
    for person in people_acting_for(organisation):
        if person != but:
            name = str(introduction.public_id)
            key = paced(person, kind, name) if is_paced else once
            notify(person, kind, about=introduction, url=url, once=key)
