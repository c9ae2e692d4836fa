"""A note of dissent: one partner leaves it, and nobody but its own side takes it back."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.ventures import notice_kinds
from marketplace.ventures.models import Dissent, JointVenture
from marketplace.ventures.permissions import can_take_back, party_of

from .telling import tell_others

Status = JointVenture.Status


@transaction.atomic
def write_dissent(venture: JointVenture, *, by: User, text: str) -> Dissent:
    """A partner says what it sees otherwise; signatures and text stay as they are.

    Raises `DomainError` for a proposal that was withdrawn, and where this partner has
    left as many notes as one may.
    """
    venture = JointVenture.objects.locked(venture.pk)
    party = party_of(by, venture)
    if party is None:
        raise NotAllowed
    if venture.status == Status.WITHDRAWN:
        raise DomainError(_("This proposal was withdrawn."))
    own = Dissent.objects.filter(party=party)
    if own.count() >= settings.VENTURE_DISSENTS:
        raise DomainError(_("You have left as many notes here as one partner may."))
    dissent = Dissent.objects.create(
        venture=venture, party=party, text=text, written_by=by
    )
    log(venture, "ventures.dissent", user=by)
    tell_others(venture, party, notice_kinds.DISSENT)
    return dissent


@transaction.atomic
def withdraw_dissent(dissent: Dissent, *, by: User) -> Dissent:
    """Its own side takes a note back; that it was there, and until when, stays read."""
    venture = JointVenture.objects.locked(dissent.venture_id)
    dissent = Dissent.objects.select_related("party__organisation").get(pk=dissent.pk)
    require(can_take_back(by, dissent))
    if dissent.withdrawn_at is not None:
        return dissent
    dissent.withdrawn_at, dissent.withdrawn_by = timezone.now(), by
    dissent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    log(venture, "ventures.withdraw_dissent", user=by)
    tell_others(venture, dissent.party, notice_kinds.DISSENT)
    return dissent
