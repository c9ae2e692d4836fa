"""The verbs of an introduction: ask, answer, take back, write."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.listings.models import Listing
from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind
from marketplace.organisations.actions import end_disclosures, open_disclosure
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.clock import clock_user
from marketplace.people.models import User
from marketplace.refusals import require

from . import notice_kinds
from .models import Introduction, Message, StageConsent
from .permissions import can_answer, can_ask, can_close, can_withdraw, can_write
from .signals import (
    introduction_accepted,
    introduction_asked,
    introduction_closed,
    introduction_declined,
    introduction_expired,
    introduction_withdrawn,
)

Status = Introduction.Status


@transaction.atomic
def ask_introduction(
    listing: Listing,
    *,
    by: User,
    asker: Organisation,
    i_bring: str,
    i_need: str,
    why_you: str,
    first_step: str,
    constraints: str = "",
    own_listing: Listing | None = None,
) -> Introduction:
    """One organisation asks another to meet, and consents to be known if it agrees.

    Raises `DomainError` where a request of the pair over this listing is open.
    """
    require(can_ask(by, listing, asker))
    introduction = Introduction(
        listing=listing,
        asker=asker,
        asked=listing.organisation,
        asked_by=by,
        own_listing=own_listing,
        i_bring=i_bring,
        i_need=i_need,
        why_you=why_you,
        first_step=first_step,
        constraints=constraints,
        language=by.language,
        status=Status.ASKED,
        asked_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=settings.INTRODUCTION_LIFE_DAYS),
    )
    try:
        with transaction.atomic():
            introduction.save()
    except IntegrityError:
        raise DomainError(_("You have already asked about this listing.")) from None
    consent = _consent(introduction, asker, by, Stage.PERSON)
    open_disclosure(
        of=asker,
        to=introduction.asked,
        scope=listing.public_id,
        stage=Stage.INTERESTED,
        consents=[consent.public_id],
        by=by,
    )
    log(introduction, "introductions.ask", user=by)
    _tell(introduction, introduction.asked, notice_kinds.ASKED)
    introduction_asked.send(sender=Introduction, introduction=introduction)
    return introduction


@transaction.atomic
def accept_introduction(introduction: Introduction, *, by: User) -> Introduction:
    """The side that was asked agrees to meet; both sides' people become known."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_answer(by, introduction))
    if introduction.is_overdue:
        raise DomainError(_("The time to answer this request has passed."))
    Introduction.lifecycle.advance(introduction, to=Status.ACCEPTED)
    _answered(introduction, by)
    _consent(introduction, introduction.asked, by, Stage.PERSON)
    consents = introduction.consents.filter(withdrawn_at__isnull=True)
    if consents.values("organisation").distinct().count() != 2:
        raise DomainError(_("One side has taken back its consent."))
    ids = [consent.public_id for consent in consents]
    for of, to in introduction.directions:
        open_disclosure(
            of=of,
            to=to,
            scope=introduction.listing.public_id,
            stage=Stage.PERSON,
            consents=ids,
            by=by,
        )
    log(introduction, "introductions.accept", user=by)
    _tell(introduction, introduction.asker, notice_kinds.ACCEPTED)
    introduction_accepted.send(sender=Introduction, introduction=introduction)
    return introduction


@transaction.atomic
def decline_introduction(
    introduction: Introduction, *, by: User, because: str, note: str = ""
) -> Introduction:
    """The side that was asked says no, politely and with a reason."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_answer(by, introduction))
    Introduction.lifecycle.advance(introduction, to=Status.DECLINED)
    introduction.reason, introduction.note = because, note
    introduction.save(update_fields=["reason", "note"])
    _answered(introduction, by)
    _take_back(introduction, by)
    log(introduction, "introductions.decline", user=by)
    _tell(introduction, introduction.asker, notice_kinds.DECLINED)
    introduction_declined.send(sender=Introduction, introduction=introduction)
    return introduction


@transaction.atomic
def withdraw_introduction(introduction: Introduction, *, by: User) -> Introduction:
    """The side that asked takes its request back before an answer."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_withdraw(by, introduction))
    Introduction.lifecycle.advance(introduction, to=Status.WITHDRAWN)
    _take_back(introduction, by)
    log(introduction, "introductions.withdraw", user=by)
    _tell(introduction, introduction.asked, notice_kinds.WITHDRAWN)
    introduction_withdrawn.send(sender=Introduction, introduction=introduction)
    return introduction


@transaction.atomic
def close_introduction(introduction: Introduction, *, by: User) -> Introduction:
    """Either side takes back its consent; from the commit on nothing is readable."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_close(by, introduction))
    Introduction.lifecycle.advance(introduction, to=Status.CLOSED)
    _take_back(introduction, by)
    log(introduction, "introductions.close", user=by)
    for organisation in introduction.both:
        _tell(introduction, organisation, notice_kinds.CLOSED, but=by)
    introduction_closed.send(sender=Introduction, introduction=introduction)
    return introduction


@transaction.atomic
def send_message(introduction: Introduction, *, by: User, text: str) -> Message:
    """One side writes to the other; the notice of it holds no word of the text."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_write(by, introduction))
    own = introduction.side_of(by)
    message = Message.objects.create(
        introduction=introduction, organisation=own, author=by, text=text
    )
    log(introduction, "introductions.message", user=by)
    _tell(introduction, introduction.other_than(own), notice_kinds.MESSAGE)
    return message


def expire_introductions() -> int:
    """Close, without blame, each request whose time has passed; the number closed."""
    overdue = Introduction.objects.overdue().values_list("pk", flat=True)
    return sum(_expire(pk) for pk in list(overdue))


@transaction.atomic
def _expire(pk: int) -> bool:
    introduction = Introduction.objects.locked(pk)
    if not introduction.is_overdue:
        return False
    clock = clock_user()
    Introduction.lifecycle.advance(introduction, to=Status.EXPIRED)
    _take_back(introduction, clock)
    log(introduction, "introductions.expire", user=clock)
    for organisation in introduction.both:
        _tell(introduction, organisation, notice_kinds.EXPIRED)
    introduction_expired.send(sender=Introduction, introduction=introduction)
    return True


def _consent(
    introduction: Introduction, organisation: Organisation, by: User, stage: Stage
) -> StageConsent:
    return StageConsent.objects.create(
        introduction=introduction, organisation=organisation, given_by=by, stage=stage
    )


def _answered(introduction: Introduction, by: User) -> None:
    introduction.answered_by, introduction.answered_at = by, timezone.now()
    introduction.save(update_fields=["answered_by", "answered_at"])


def _take_back(introduction: Introduction, by: User) -> None:
    introduction.consents.filter(withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    end_disclosures(
        scope=introduction.listing.public_id, between=introduction.both, by=by
    )


def _tell(
    introduction: Introduction,
    organisation: Organisation,
    kind: NoticeKind,
    *,
    but: User | None = None,
) -> None:
    for person in _people_of(organisation):
        if person != but:
            notify(
                person, kind, about=introduction, url=introduction.get_absolute_url()
            )


def _people_of(organisation: Organisation) -> Iterable[User]:
    return User.objects.filter(
        memberships__organisation=organisation,
        memberships__role__in=("owner", "editor"),
        is_active=True,
    ).distinct()
