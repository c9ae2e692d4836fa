"""The names under which this room's acts stand in the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

_ACTS = {
    "register": (_("Register an organisation"), _("Registered the organisation")),
    "edit": (_("Edit an organisation"), _("Changed the organisation")),
    "note_responsiveness": (_("Note answers"), _("Noted how quickly it answers")),
    "invite": (_("Invite a colleague"), _("Invited a colleague")),
    "join": (_("Join an organisation"), _("Joined the organisation")),
    "remove_colleague": (_("Remove a colleague"), _("Removed a colleague")),
    "refuse_invitation": (_("Refuse an invitation"), _("Refused an invitation")),
    "revoke_invitation": (_("Withdraw an invitation"), _("Withdrew an invitation")),
    "pending": (_("Ask for verification"), _("Asked for verification again")),
    "verified": (_("Verify"), _("Verified the organisation")),
    "failed": (_("Do not verify"), _("Did not verify the organisation")),
    "revoked": (_("Withdraw verification"), _("Withdrew the verification")),
    "expired": (_("Let verification expire"), _("The verification expired")),
    "read_identity": (_("Open a sealed name"), _("Opened the sealed name")),
    "block": (_("Block"), _("Does not want to meet somebody")),
    "end_block": (_("End a block"), _("May meet somebody again")),
    "avoid": (_("Set hard negatives"), _("Changed what it avoids")),
    "set_matrix": (_("Who meets whom"), _("Changed who meets whom")),
    "choose_stages": (_("Show later"), _("Changed from when its fields show")),
    "entitle": (_("Grant a feature"), _("Granted a feature")),
    "end_entitlement": (_("End a feature"), _("Ended a feature")),
}


@hooks.register("register_log_actions")
def name_acts(actions: LogActionRegistry) -> None:
    for act, (label, message) in _ACTS.items():
        actions.register_action(f"organisations.{act}", label, message)
