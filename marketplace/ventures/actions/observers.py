"""The observer of a venture: named and agreed by all partners, ended by any of them."""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.introductions.models import Introduction
from marketplace.notices.actions import notify
from marketplace.notices.pacing import paced
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.people.clock import clock_user
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.ventures import notice_kinds
from marketplace.ventures.models import (
    JointVenture,
    Observer,
    ObserverWord,
    VentureParty,
)
from marketplace.ventures.partners import possible_observers
from marketplace.ventures.permissions import can_observe, party_of

from .telling import speakers_of, tell_others


@transaction.atomic
def invite_observer(
    venture: JointVenture, organisation: Organisation, *, by: User
) -> Observer:
    """A partner names a third party that every partner knows; it learns nothing yet.

    Raises `DomainError` where there is one already, or no venture to observe.
    """
    venture = JointVenture.objects.locked(venture.pk)
    party = _party(venture, by)
    if venture.status in JointVenture.OVER:
        raise DomainError(_("This venture has ended."))
    require(possible_observers(venture).filter(pk=organisation.pk).exists())
    standing = Observer.objects.standing().values("pk")
    for lost in venture.observers.filter(ended_at=None).exclude(pk__in=standing):
        _end(lost, clock_user())  # an acquaintance ended while it was being invited
    if venture.observers.filter(ended_at__isnull=True).exists():
        raise DomainError(_("There is room for one observer, and somebody is invited."))
    observer = Observer.objects.create(venture=venture, organisation=organisation)
    ObserverWord.objects.create(observer=observer, party=party, said_by=by)
    log(venture, "ventures.observer_invite", user=by)
    tell_others(venture, party, notice_kinds.OBSERVER)
    return observer


@transaction.atomic
def agree_to_observer(observer: Observer, *, by: User) -> Observer:
    """A partner agrees; with the last yes the third party itself is asked."""
    venture, observer = _live(observer)
    party = _party(venture, by)
    _word, is_new = ObserverWord.objects.get_or_create(
        observer=observer, party=party, defaults={"said_by": by}
    )
    if not is_new:
        return observer
    log(venture, "ventures.observer_agree", user=by)
    tell_others(venture, party, notice_kinds.OBSERVER)
    if observer.words.count() == venture.parties.count():
        observer.agreed_at = timezone.now()
        observer.save(update_fields=["agreed_at"])
        _tell_observer(observer)
    return observer


@transaction.atomic
def become_observer(observer: Observer, *, by: User) -> Observer:
    """The third party says yes; from now on it reads its page."""
    venture, observer = _live(observer)
    require(can_observe(by, observer))
    if observer.joined_at is None:
        observer.joined_at = timezone.now()
        observer.save(update_fields=["joined_at"])
        log(venture, "ventures.observer_join", user=by)
        _tell_partners(venture)
    return observer


@transaction.atomic
def end_observer(observer: Observer, *, by: User) -> Observer:
    """Any partner ends it alone, and so does the third party: from the commit on it reads nothing."""
    venture, observer = _live(observer)
    is_own = can_act_for(by, observer.organisation)
    require(is_own or party_of(by, venture) is not None)
    _end(observer, by)
    return observer


@transaction.atomic
def end_observers(introduction: Introduction) -> None:
    """Two sides know each other no more: neither looks on where the other builds."""
    one, other = introduction.both
    between = Observer.objects.filter(
        Q(organisation=one, venture__parties__organisation=other)
        | Q(organisation=other, venture__parties__organisation=one),
        ended_at__isnull=True,
    )
    # In one order, and looked at under the lock: a partner may end it meanwhile.
    for venture in between.order_by("venture").values_list("venture", flat=True):
        JointVenture.objects.locked(venture)
        for observer in between.filter(venture=venture):
            _end(observer, clock_user())


def _end(observer: Observer, by: User) -> None:
    was_known = observer.agreed_at is not None
    observer.ended_at, observer.ended_by = timezone.now(), by
    observer.save(update_fields=["ended_at", "ended_by"])
    log(observer.venture, "ventures.observer_end", user=by)
    _tell_partners(observer.venture)
    if was_known:  # else it never learned of it
        _tell_observer(observer)


def _live(observer: Observer) -> tuple[JointVenture, Observer]:
    venture = JointVenture.objects.locked(observer.venture_id)
    live = Observer.objects.standing().select_related("organisation", "venture")
    row = live.filter(pk=observer.pk).first()
    if row is None:
        raise DomainError(_("There is no observer here any more."))
    return venture, row


def _party(venture: JointVenture, by: User) -> VentureParty:
    party = party_of(by, venture)
    if party is None:
        raise NotAllowed
    return party


def _tell_partners(venture: JointVenture) -> None:
    for party in venture.parties.all():
        tell_others(venture, party, notice_kinds.OBSERVER)


def _tell_observer(observer: Observer) -> None:
    """Where it reads; once that has ended, the list of its ventures."""
    page = reverse("ventures:observing", args=[observer.public_id])
    url = reverse("ventures:list") if observer.ended_at else page
    for person in speakers_of(observer.organisation_id):
        key = paced(person, notice_kinds.OBSERVER, str(observer.public_id))
        notify(person, notice_kinds.OBSERVER, url=url, once=key)
