"""The verbs of facilitation: give a mandate, take it back, keep what was done by it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.people.models import User
from marketplace.refusals import require

from .models import Act, Delegation, DoneForClient, Facilitator
from .signals import mandate_given


@transaction.atomic
def give_mandate(
    organisation: Organisation,
    facilitator: Facilitator,
    *,
    by: User,
    about: UUID,
    acts: Iterable[str],
) -> list[Delegation]:
    """A side lets one facilitator of its own side act for it, act by act.

    What it had let another do in this introduction ends; the same once more changes
    nothing. Raises `DomainError` where
    the facilitator has no room for one introduction more.
    """
    require(can_act_for(by, organisation))
    facilitator = Facilitator.objects.select_for_update().get(pk=facilitator.pk)
    require(facilitator.is_active and facilitator.side == organisation.side)
    require(
        facilitator.user_id != by.pk and not can_act_for(facilitator.user, organisation)
    )
    knows = facilitator.delegations.live().filter(about=about).exists()
    if not knows and facilitator.open_cases >= facilitator.most_cases:
        raise DomainError(_("This facilitator cannot take on more at present."))
    acts = list(dict.fromkeys(acts))
    live = Delegation.objects.live().filter(organisation=organisation, about=about)
    given = set(live.values_list("facilitator", "act"))
    if given == {(facilitator.pk, act) for act in acts}:
        return list(live)
    revoke_mandates(organisation, by=by, about=about)
    rows = [
        Delegation(
            organisation=organisation,
            facilitator=facilitator,
            about=about,
            act=Act(act),
            given_by=by,
        )
        for act in acts
    ]
    log(organisation, "facilitation.give", user=by, data={"about": str(about)})
    given_now = Delegation.objects.bulk_create(rows)
    mandate_given.send(
        sender=Delegation, facilitator=facilitator, about=about, acts=acts
    )
    return given_now


@transaction.atomic
def revoke_mandates(organisation: Organisation, *, by: User, about: UUID) -> int:
    """From the commit on nobody acts for this side but its own people; how many ended."""
    require(can_act_for(by, organisation))
    live = Delegation.objects.live().filter(organisation=organisation, about=about)
    ended = live.update(revoked_at=timezone.now())
    if ended:
        log(organisation, "facilitation.revoke", user=by, data={"about": str(about)})
    return ended


@transaction.atomic
def end_mandates(about: UUID, *, of: Organisation | None = None) -> None:
    """What an introduction was about is over; facilitators have room again.

    With `of` it is over for one side alone.
    """
    ended = Delegation.objects.live().filter(about=about)
    if of is not None:
        ended = ended.filter(organisation=of)
    ended.update(revoked_at=timezone.now())


@transaction.atomic
def keep_act(organisation: Organisation, *, by: User, about: UUID, act: str) -> bool:
    """Stamp an act as done by a facilitator for a client; False for the client's own."""
    if can_act_for(by, organisation):
        return False
    mandate = Delegation.objects.held_by(by).filter(
        organisation=organisation, about=about
    )
    facilitator = mandate.select_related("facilitator")[0].facilitator
    DoneForClient.objects.create(
        facilitator=facilitator, organisation=organisation, about=about, act=act
    )
    log(organisation, "facilitation.act", user=by, data={"act": act})
    return True
