"""Who takes part as an organisation, who acts for it, and what was opened to whom."""

from .decisions import VerificationDecision
from .members import Invitation, Membership
from .organisation import Organisation, Side, Size, Trait
from .rights import Disclosure, Entitlement

__all__ = [
    "Disclosure",
    "Entitlement",
    "Invitation",
    "Membership",
    "Organisation",
    "Side",
    "Size",
    "Trait",
    "VerificationDecision",
]
