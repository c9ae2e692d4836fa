"""One side asks: a draft kept, a request sent, a request taken back."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Introduction
from marketplace.introductions.permissions import can_ask, can_withdraw
from marketplace.introductions.signals import (
    introduction_asked,
    introduction_withdrawn,
)
from marketplace.listings.models import Listing
from marketplace.organisations.actions import open_disclosure
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User
from marketplace.refusals import require

from .parts import give_consent, take_back, tell

Status = Introduction.Status
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
    """Throw away a request that was never sent."""
    draft = Introduction.objects.locked(draft.pk)
    require(can_withdraw(by, draft) and draft.status == Status.DRAFT)
    draft.delete()


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
    introduction = _draft(listing, asker) or Introduction(
        listing=listing, asker=asker, asked=listing.organisation
    )
    _write(introduction, by, own_listing, words)
    now = timezone.now()
    introduction.status, introduction.asked_at = Status.ASKED, now
    introduction.expires_at = now + timedelta(days=settings.INTRODUCTION_LIFE_DAYS)
    _keep(introduction)
    consent = give_consent(introduction, asker, by, Stage.INTERESTED)
    open_disclosure(
        of=asker,
        to=introduction.asked,
        scope=listing.public_id,
        stage=Stage.INTERESTED,
        consents=[consent.public_id],
        by=by,
    )
    log(introduction, "introductions.ask", user=by)
    tell(introduction, introduction.asked, notice_kinds.ASKED)
    introduction_asked.send(sender=Introduction, introduction=introduction)
    return introduction


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
        raise DomainError(_("You have already asked about this listing.")) from None
