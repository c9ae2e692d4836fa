"""One side asks: a draft kept, a request sent, a request taken back."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.facilitation.actions import end_mandates
from marketplace.introductions import notice_kinds
from marketplace.introductions.limits import (
    has_room_to_ask,
    may_ask_again_on,
    takes_requests,
)
from marketplace.introductions.models import WAITING, Introduction
from marketplace.introductions.permissions import can_ask, can_withdraw
from marketplace.introductions.signals import (
    introduction_asked,
    introduction_withdrawn,
)
from marketplace.listings.models import Listing
from marketplace.organisations.actions import open_disclosure
from marketplace.organisations.apart import is_kept_apart
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User
from marketplace.refusals import require

from .parts import give_consent, lock_both, take_back, tell

Status = Introduction.Status
_ALREADY = _("You have already asked about this listing.")
WORDS = ("i_bring", "i_need", "why_you", "first_step", "constraints")


@transaction.atomic
def save_draft(
    listing: Listing,
    *,
    by: User,
    asker: Organisation,
    own_listing: Listing | None = None,
    **words: str,
) -> Introduction:
    """Keep what was written so far; nobody else learns that it exists.

    `words` are any of the five sentences. One draft an organisation and listing.
    """
    require(can_ask(by, listing, asker))
    draft = _draft(listing, asker) or Introduction(
        listing=listing, asker=asker, asked=listing.organisation
    )
    _write(draft, by, own_listing, words)
    _keep(draft)
    return draft


@transaction.atomic
def discard_draft(draft: Introduction, *, by: User) -> None:
    """Throw away a request that was never sent; nothing where it is gone already."""
    kept = Introduction.objects.select_for_update().filter(pk=draft.pk).first()
    if kept is None:
        return
    require(can_withdraw(by, kept) and kept.is_draft)
    end_mandates(kept.public_id)
    kept.delete()


@transaction.atomic
def ask_introduction(
    listing: Listing,
    *,
    by: User,
    asker: Organisation,
    own_listing: Listing | None = None,
    **words: str,
) -> Introduction:
    """One organisation asks another to meet, and shows its alias and its words.

    `words` are the five sentences. Raises `DomainError` where a request of the pair
    over this listing is open.
    """
    require(can_ask(by, listing, asker))
    lock_both(asker.pk, listing.organisation_id)
    draft = _draft(listing, asker)
    introduction = draft or Introduction(
        listing=listing, asker=asker, asked=listing.organisation
    )
    _refuse_if_open(listing, asker)
    _refuse_beyond_limits(listing, asker)
    _write(introduction, by, own_listing, words)
    now = timezone.now()
    introduction.status, introduction.asked_at = Status.ASKED, now
    introduction.expires_at = now + timedelta(days=settings.INTRODUCTION_LIFE_DAYS)
    if is_kept_apart(asker, introduction.asked, sectors=_codes(listing, own_listing)):
        introduction.silenced_at = now
    _keep(introduction)
    if draft:
        end_mandates(draft.public_id)  # who helped to write it reads no answer
    log(introduction, "introductions.ask", user=by)
    if introduction.silenced_at is None:
        _deliver(introduction, by)
    return introduction


def _deliver(introduction: Introduction, by: User) -> None:
    """The request reaches the side that was asked.

    One between two who do not want to meet never does: it waits, and runs out.
    """
    asker, listing = introduction.asker, introduction.listing
    consent = give_consent(introduction, asker, by, Stage.INTERESTED)
    open_disclosure(
        of=asker,
        to=introduction.asked,
        scope=listing.public_id,
        stage=Stage.INTERESTED,
        consents=[consent.public_id],
        by=by,
    )
    tell(introduction, introduction.asked, notice_kinds.ASKED)
    introduction_asked.send(sender=Introduction, introduction=introduction)


@transaction.atomic
def withdraw_introduction(introduction: Introduction, *, by: User) -> Introduction:
    """The side that asked takes its request back before an answer."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_withdraw(by, introduction))
    Introduction.lifecycle.advance(introduction, to=Status.WITHDRAWN)
    take_back(introduction, by)
    log(introduction, "introductions.withdraw", user=by)
    tell(introduction, introduction.asked, notice_kinds.WITHDRAWN)
    introduction_withdrawn.send(sender=Introduction, introduction=introduction)
    return introduction


def _refuse_if_open(listing: Listing, asker: Organisation) -> None:
    """Before the limits: who clicks twice is told of the request, not of a limit."""
    standing = (*WAITING, Status.ACCEPTED)
    if listing.introductions.filter(asker=asker, status__in=standing).exists():
        raise DomainError(_ALREADY)


def _refuse_beyond_limits(listing: Listing, asker: Organisation) -> None:
    if not has_room_to_ask(asker):
        raise DomainError(
            _(
                "You have as many open requests as one can have. Wait for an answer or take one back."
            )
        )
    again = may_ask_again_on(listing, asker)
    if again is not None:
        day = date_format(timezone.localtime(again), "DATE_FORMAT")
        raise DomainError(
            _("You asked here not long ago. You can ask again from %(day)s.")
            % {"day": day}
        )
    if not takes_requests(listing):
        raise DomainError(_("This listing takes no new requests at present."))


def _codes(*listings: Listing | None) -> list[str]:
    """The sectors of the listings two would meet over."""
    return [
        sector.code
        for each in listings
        if each is not None
        for sector in each.sectors.all()
    ]


def _draft(listing: Listing, asker: Organisation) -> Introduction | None:
    drafts = Introduction.objects.select_for_update().filter(status=Status.DRAFT)
    return drafts.filter(listing=listing, asker=asker).first()


def _write(
    introduction: Introduction,
    by: User,
    own_listing: Listing | None,
    words: dict[str, str],
) -> None:
    require(own_listing is None or own_listing.organisation_id == introduction.asker_id)
    introduction.asked_by, introduction.own_listing = by, own_listing
    introduction.language = by.language
    for name in WORDS:
        setattr(introduction, name, words.get(name, ""))


def _keep(introduction: Introduction) -> None:
    try:
        with transaction.atomic():
            introduction.save()
    except IntegrityError:
        raise DomainError(_ALREADY) from None
