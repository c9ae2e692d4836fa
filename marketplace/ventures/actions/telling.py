"""A line to everybody who speaks for a partner."""

from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind
from marketplace.people.models import User
from marketplace.ventures.models import JointVenture, VentureParty


def tell(
    venture: JointVenture,
    kind: NoticeKind,
    *,
    but: User | None = None,
    url: str = "",
) -> None:
    for party in venture.parties.all():
        tell_party(venture, party, kind, but=but, url=url)


def tell_party(
    venture: JointVenture,
    party: VentureParty,
    kind: NoticeKind,
    *,
    but: User | None = None,
    url: str = "",
    once: str = "",
) -> None:
    people = User.objects.filter(
        memberships__organisation=party.organisation_id,
        memberships__role__in=("owner", "editor"),
        is_active=True,
    ).distinct()
    for person in people:
        if person != but:
            about = None if url else venture  # the page may be gone with the consent
            there = url or venture.get_absolute_url()
            notify(person, kind, about=about, url=there, once=once)
