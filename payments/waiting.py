"""Shares that are still to be paid, in lines for a member's start page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from marketplace.money import Money
from payments.models import Fee, Share


@dataclass(frozen=True, slots=True)
class DueLine:
    """One share of the payer's own; `due` is the whole share, the page says what is left."""

    url: str
    venture: str
    due: Money
    due_on: date
    is_overdue: bool
    state_label: str


def due_lines(organisations: Collection[int], limit: int) -> list[DueLine]:
    """Unsettled shares of these organisations, the earliest first; one query."""
    if not organisations:
        return []
    rows = (
        Share.objects.unsettled()
        .filter(party__organisation__in=organisations)
        .exclude(fee__state=Fee.State.VOID)
        .select_related("fee__venture")
        .order_by("fee__due_on", "pk")[:limit]
    )
    today = timezone.localdate()
    return [
        DueLine(
            url=row.get_absolute_url(),
            venture=row.fee.venture.title,
            due=row.due,
            due_on=row.fee.due_on,
            is_overdue=row.fee.due_on < today,
            state_label=str(row.get_state_display()),
        )
        for row in rows
    ]
