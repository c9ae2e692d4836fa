"""A facilitator writes in a draft of its client, who reads it, changes it and sends it."""

from collections.abc import Callable

from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import log

from marketplace.facilitation.actions import keep_act
from marketplace.facilitation.models import Act, Facilitator
from marketplace.introductions import notice_kinds
from marketplace.introductions.models import DraftWording, Introduction
from marketplace.introductions.permissions import can_draft, can_soften
from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.pacing import paced
from marketplace.organisations.permissions import people_acting_for
from marketplace.people.models import User
from marketplace.refusals import require

from .asking import WORDS


@transaction.atomic
def soften_draft(draft: Introduction, *, by: User, **words: str) -> Introduction:
    """Other words for the five sentences; what its writers wrote is kept for them.

    Nothing is sent: that stays with the side itself.
    """
    return _write(draft, by, Act.SOFTEN, can_soften, notice_kinds.SOFTENED, words)


@transaction.atomic
def write_draft(draft: Introduction, *, by: User, **words: str) -> Introduction:
    """The five sentences, or some of them, written for a side that has asked for it.

    What it had written itself is kept for it; it alone sends the request.
    """
    return _write(draft, by, Act.DRAFT, can_draft, notice_kinds.DRAFTED, words)


def _write(
    draft: Introduction,
    by: User,
    act: Act,
    may: Callable[[User, Introduction], bool],
    kind: NoticeKind,
    words: dict[str, str],
) -> Introduction:
    draft = Introduction.objects.locked(draft.pk)
    require(may(by, draft))
    before = {name: getattr(draft, name) for name in WORDS}
    after = {name: words.get(name, "") for name in WORDS}
    if after == before:
        return draft
    for name, text in after.items():
        setattr(draft, name, text)
    draft.save(update_fields=list(WORDS))
    DraftWording.objects.create(
        introduction=draft,
        facilitator=Facilitator.objects.get(user=by),
        act=act,
        before=_words_of_the_client(draft, before),
        after=after,
    )
    keep_act(draft.asker, by=by, about=draft.public_id, act=act)
    log(draft, f"introductions.{act}", user=by)
    _tell(draft, kind)
    return draft


def _words_of_the_client(draft: Introduction, before: dict[str, str]) -> dict[str, str]:
    """Where a facilitator writes twice, the client still reads its own words beside."""
    last = draft.wordings.last()
    return last.before if last is not None and last.after == before else before


def _tell(draft: Introduction, kind: NoticeKind) -> None:
    url = reverse("introductions:ask", args=[draft.listing.public_id])
    for person in people_acting_for(draft.asker):
        key = paced(person, kind, str(draft.public_id))
        notify(person, kind, about=draft, url=url, once=key)
