"""Handing finance what does not agree; each open matter stands once."""

import logging

from payments.models import Discrepancy

logger = logging.getLogger("payments")
# What people ask for is no fault.
WISHES = (Discrepancy.Kind.TRANSFER_ASKED, Discrepancy.Kind.SCREENING)


def note(
    kind: Discrepancy.Kind, about: str, *, expected: str = "", found: str = ""
) -> Discrepancy:
    """Put a matter on the work list of finance, loudly; a repeat changes nothing.

    `about`, `expected` and `found` hold ids, states and amounts, never names.
    """
    matter, is_new = Discrepancy.objects.get_or_create(
        kind=kind,
        about=about[:120],
        resolved_at=None,
        defaults={"expected": expected[:200], "found": found[:200]},
    )
    if is_new:
        level = logging.INFO if kind in WISHES else logging.ERROR
        logger.log(level, "payments: %s about %s", kind.value, about)
    return matter
