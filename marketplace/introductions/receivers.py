"""What introductions tell when the people of a side change, or somebody helps it."""

from collections.abc import Collection
from uuid import UUID

from django.dispatch import receiver
from django.urls import reverse

from marketplace.facilitation.models import Act, Facilitator
from marketplace.facilitation.notice_kinds import TRUSTED
from marketplace.facilitation.signals import mandate_given
from marketplace.notices.actions import notify
from marketplace.notices.pacing import paced
from marketplace.organisations.models import Organisation
from marketplace.organisations.signals import colleague_removed

from . import notice_kinds
from .actions.parts import tell
from .models import Introduction


@receiver(colleague_removed, dispatch_uid="introductions_tell_of_new_contact")
def tell_of_new_contact(
    organisation: Organisation, contact_changed: bool, **_: object
) -> None:
    """Who knows the people of a side learns that another one is now to be met."""
    if not contact_changed:
        return
    known = Introduction.objects.known().with_parties()
    for introduction in known.of_organisation(organisation):
        other = introduction.other_than(organisation)
        tell(introduction, other, notice_kinds.CONTACT_CHANGED)


@receiver(mandate_given, dispatch_uid="introductions_tell_the_facilitator")
def tell_the_facilitator(
    facilitator: Facilitator, about: UUID, acts: Collection[str], **_: object
) -> None:
    """Whoever belongs to the other side itself hears nothing: the mandate is good for
    nothing there, and a line would say that its client deals with that side.
    """
    introduction = Introduction.objects.get(public_id=about)
    both = (introduction.asker_id, introduction.asked_id)
    person = facilitator.user
    if Organisation.objects.of(person).filter(pk__in=both).exists():
        return
    notify(
        person,
        TRUSTED,
        about=introduction,
        url=_where(introduction, acts),
        once=paced(person, TRUSTED, str(about)),
    )


def _where(introduction: Introduction, acts: Collection[str]) -> str:
    """The page on which a facilitator does it; a draft has pages of its own."""
    if not introduction.is_draft:
        return introduction.get_absolute_url()
    name = "draft" if Act.DRAFT in acts else "soften"
    return reverse(f"introductions:{name}", args=[introduction.public_id])
