"""The verbs of this room: the only code that writes its rows."""

from .apart import block_organisation, end_block, set_avoidances, set_matrix
from .disclosure import end_disclosures, open_disclosure
from .entitlements import (
    end_entitlement,
    grant_entitlement,
    move_entitlement_end,
)
from .invitations import (
    accept_invitation,
    invite_colleague,
    refuse_invitation,
    revoke_invitation,
)
from .members import remove_colleague
from .registration import (
    edit_organisation,
    note_responsiveness,
    register_organisation,
)
from .stages import choose_stages
from .verification import (
    ask_verification_again,
    read_identity,
    verify_organisation,
)

__all__ = [
    "accept_invitation",
    "ask_verification_again",
    "block_organisation",
    "choose_stages",
    "edit_organisation",
    "end_block",
    "end_disclosures",
    "end_entitlement",
    "grant_entitlement",
    "invite_colleague",
    "move_entitlement_end",
    "note_responsiveness",
    "open_disclosure",
    "read_identity",
    "refuse_invitation",
    "register_organisation",
    "remove_colleague",
    "revoke_invitation",
    "set_avoidances",
    "set_matrix",
    "verify_organisation",
]
