"""Ventures that wait for a signature, in lines for a member's start page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q

from marketplace.people.models import User

from .models import JointVenture, Signature, VentureParty


@dataclass(frozen=True, slots=True)
class SigningLine:
    """One proposal that still needs this person's signature as it stands."""

    url: str
    title: str
    proposed_at: datetime


def signing_lines(
    user: User, organisations: Collection[int], limit: int
) -> list[SigningLine]:
    """Proposals this person still may sign for one of these organisations; one query."""
    if not organisations:
        return []
    given = Count("signatures", filter=Q(signatures__voided_at__isnull=True))
    open_sides = (
        VentureParty.objects.filter(organisation__in=organisations)
        .annotate(given=given)
        .filter(venture=OuterRef("pk"), given__lt=F("signers"))
    )
    signed = Signature.objects.filter(
        party__venture=OuterRef("pk"), signed_by=user, voided_at__isnull=True
    )
    rows = (
        JointVenture.objects.standing()
        .filter(
            Exists(open_sides),
            ~Exists(signed),
            status=JointVenture.Status.PROPOSED,
        )
        .order_by("created_at", "pk")[:limit]
    )
    return [
        SigningLine(row.get_absolute_url(), row.title, row.created_at) for row in rows
    ]
