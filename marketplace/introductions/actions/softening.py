"""A facilitator puts a draft more gently; its own side reads both and sends it."""

from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import log

from marketplace.facilitation.actions import keep_act
from marketplace.facilitation.models import Facilitator
from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Introduction, Softening
from marketplace.introductions.permissions import can_soften
from marketplace.notices.actions import notify
from marketplace.notices.pacing import paced
from marketplace.people.models import User
from marketplace.refusals import require

from .asking import WORDS
from .parts import people_of


@transaction.atomic
def soften_draft(draft: Introduction, *, by: User, **words: str) -> Introduction:
    """Other words for the five sentences; what its writers wrote is kept for them.

    Nothing is sent: that stays with the side itself.
    """
    draft = Introduction.objects.locked(draft.pk)
    require(can_soften(by, draft))
    before = {name: getattr(draft, name) for name in WORDS}
    after = {name: words.get(name, "") for name in WORDS}
    if after == before:
        return draft
    for name, text in after.items():
        setattr(draft, name, text)
    draft.save(update_fields=list(WORDS))
    Softening.objects.create(
        introduction=draft, facilitator=Facilitator.objects.get(user=by), before=before
    )
    keep_act(draft.asker, by=by, about=draft.public_id, act="soften")
    log(draft, "introductions.soften", user=by)
    _tell(draft)
    return draft


def _tell(draft: Introduction) -> None:
    url = reverse("introductions:ask", args=[draft.listing.public_id])
    kind = notice_kinds.SOFTENED
    for person in people_of(draft.asker):
        key = paced(person, kind, str(draft.public_id))
        notify(person, kind, about=draft, url=url, once=key)
