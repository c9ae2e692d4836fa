"""A line to everybody who speaks for a partner."""

from django.db.models import QuerySet

from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.pacing import paced as paced_key
from marketplace.people.models import User
from marketplace.ventures.models import JointVenture, VentureParty


def tell(
    venture: JointVenture,
    kind: NoticeKind,
    *,
    but: User | None = None,
    url: str = "",
    paced: bool = False,
) -> None:
    for party in venture.parties.all():
        tell_party(venture, party, kind, but=but, url=url, paced=paced)


def tell_others(venture: JointVenture, party: VentureParty, kind: NoticeKind) -> None:
    """What a partner can do again and again, told to the others at their own pace."""
    for other in venture.parties.exclude(pk=party.pk):
        tell_party(venture, other, kind, paced=True)


def tell_party(
    venture: JointVenture,
    party: VentureParty,
    kind: NoticeKind,
    *,
    but: User | None = None,
    url: str = "",
    once: str = "",
    paced: bool = False,
) -> None:
    """With `paced`, a line of today that is unread stands for those that would follow.

    Each leads to the same page, so nobody misses anything, and nobody can fill the
    others' mail by taking a word back and giving it again.
    """
    for person in speakers_of(party.organisation_id):
        if person != but:
            about = None if url else venture  # the page may be gone with the consent
            there = url or venture.get_absolute_url()
            key = paced_key(person, kind, str(venture.public_id)) if paced else once
            notify(person, kind, about=about, url=there, once=key)


def speakers_of(organisation_id: int) -> "QuerySet[User]":
    """Those who act for an organisation, and so learn of what it may answer."""
    return User.objects.filter(
        memberships__organisation=organisation_id,
        memberships__role__in=("owner", "editor"),
        is_active=True,
    ).distinct()
