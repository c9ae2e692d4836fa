"""The names of this app's acts in the site's log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

ACTS = {
    "payments.fee_raised": (_("Raise a fee"), _("Fee raised")),
    "payments.no_fee": (_("Ask no fee"), _("No fee asked")),
    "payments.fee_settled": (_("Settle a fee"), _("Fee settled")),
    "payments.fee_reopened": (_("Reopen a fee"), _("Fee open again")),
    "payments.fee_issued": (_("Open a fee"), _("Fee open")),
    "payments.share_settled": (_("Settle a share"), _("Share settled")),
    "payments.attempt_started": (_("Start a payment"), _("Payment started")),
    "payments.waiver_requested": (_("Ask for a waiver"), _("Waiver asked for")),
    "payments.waiver_approved": (_("Grant a waiver"), _("Waiver granted")),
    "payments.waiver_declined": (_("Decline a waiver"), _("Waiver declined")),
    "payments.transfer_asked": (_("Ask for a transfer"), _("Transfer asked for")),
    "payments.transfer_recorded": (_("Record a transfer"), _("Transfer recorded")),
    "payments.transfer_confirmed": (_("Confirm a transfer"), _("Transfer confirmed")),
    "payments.matter_resolved": (_("Close a matter"), _("Matter closed")),
}


@hooks.register("register_log_actions")
def name_the_acts(actions) -> None:
    for name, (label, message) in ACTS.items():
        actions.register_action(name, label, message)
