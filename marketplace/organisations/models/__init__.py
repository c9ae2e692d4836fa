"""Who takes part as an organisation, who acts for it, and what was opened to whom."""

from .apart import Avoidance, Block, BlockedAlias, MeetingRule
from .decisions import VerificationDecision
from .members import Invitation, Membership
from .organisation import Organisation, Side, Signers, Size, Trait
from .rights import MANDATES, Disclosure, Entitlement, FieldChoice

__all__ = [
    "MANDATES",
    "Avoidance",
    "Block",
    "BlockedAlias",
    "Disclosure",
    "Entitlement",
    "FieldChoice",
    "Invitation",
    "MeetingRule",
    "Membership",
    "Organisation",
    "Side",
    "Signers",
    "Size",
    "Trait",
    "VerificationDecision",
]
