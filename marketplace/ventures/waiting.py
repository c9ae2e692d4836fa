"""Ventures that wait for a signature, in lines for a member's start page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from .models import JointVenture, Signature


@dataclass(frozen=True, slots=True)
class SigningLine:
    """One proposal a partner has not signed as it stands."""

    url: str
    title: str
    proposed_at: datetime


def signing_lines(organisations: Collection[int], limit: int) -> list[SigningLine]:
    """Proposals that one of these organisations still has to sign; one query."""
    if not organisations:
        return []
    signed = Signature.objects.filter(
        party__venture=OuterRef("pk"),
        party__organisation__in=organisations,
        voided_at__isnull=True,
    )
    rows = (
        JointVenture.objects.standing()
        .filter(
            ~Exists(signed),
            status=JointVenture.Status.PROPOSED,
            parties__organisation__in=organisations,
        )
        .distinct()
        .order_by("created_at", "pk")[:limit]
    )
    return [
        SigningLine(row.get_absolute_url(), row.title, row.created_at) for row in rows
    ]
