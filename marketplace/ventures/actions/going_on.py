"""The venture an act is about, held against all others, and the party who acts."""

from django.utils.translation import gettext_lazy as _

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.people.models import User
from marketplace.ventures.models import JointVenture, VentureParty
from marketplace.ventures.permissions import party_of


def going_on(venture: JointVenture, by: User) -> tuple[JointVenture, VentureParty]:
    """The locked row of a venture that all have signed, and the actor's party.

    Raises `NotAllowed` for who acts for no partner, `DomainError` before the signatures
    and after the end.
    """
    venture = JointVenture.objects.locked(venture.pk)
    party = party_of(by, venture)
    if party is None:
        raise NotAllowed
    if venture.status == JointVenture.Status.ENDED:
        raise DomainError(_("This venture has ended."))
    if venture.status not in JointVenture.GOING_ON:
        raise DomainError(_("This comes once all partners have signed."))
    return venture, party
