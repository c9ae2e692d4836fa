"""The names of this app's acts in the site's log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

ACTS = {
    "payments.fee_raised": (_("Raise a fee"), _("Fee raised")),
    "payments.fee_void": (_("Void a fee"), _("Fee void")),
    "payments.share_divided": (_("Divide a share"), _("Share divided")),
    "payments.no_fee": (_("Ask no fee"), _("No fee asked")),
    "payments.fee_settled": (_("Settle a fee"), _("Fee settled")),
    "payments.fee_reopened": (_("Reopen a fee"), _("Fee open again")),
    "payments.fee_issued": (_("Open a fee"), _("Fee open")),
    "payments.share_settled": (_("Settle a share"), _("Share settled")),
    "payments.attempt_started": (_("Start a payment"), _("Payment started")),
    "payments.waiver_requested": (_("Ask for a waiver"), _("Waiver asked for")),
    "payments.waiver_approved": (_("Grant a waiver"), _("Waiver granted")),
    "payments.waiver_declined": (_("Decline a waiver"), _("Waiver declined")),
    "payments.screening_asked": (
        _("Ask for a check of the registration"),
        _("Check of the registration asked for"),
    ),
    "payments.voucher_requested": (_("Ask for a voucher"), _("Voucher asked for")),
    "payments.voucher_issued": (_("Issue a voucher"), _("Voucher issued")),
    "payments.voucher_declined": (_("Decline a voucher"), _("Voucher not issued")),
    "payments.voucher_withdrawn": (_("Withdraw a voucher"), _("Voucher withdrawn")),
    "payments.voucher_redeemed": (_("Redeem a voucher"), _("Voucher redeemed")),
    "payments.seat_asked": (_("Take a seat"), _("Seat asked for")),
    "payments.seat_changed": (_("Note a seat"), _("Seat changed")),
    "payments.seat_money_back": (_("Rest a seat"), _("Money of a seat went back")),
    "payments.seat_canceled": (_("End a seat"), _("Seat is not renewed")),
    "payments.seat_kept": (_("Keep a seat"), _("Seat goes on")),
    "payments.seat_change_asked": (_("Change a plan"), _("New plan asked for")),
    "payments.seat_change_done": (_("Note a new plan"), _("Seat has a new plan")),
    "payments.seat_change_lapsed": (_("Drop a new plan"), _("New plan was not made")),
    "payments.seat_plan_kept": (_("Keep a plan"), _("Present plan goes on")),
    "payments.seat_card_asked": (_("Ask for a card"), _("Another card asked for")),
    "payments.seat_confirm_asked": (
        _("Confirm with the bank"),
        _("Bank's page asked for"),
    ),
    "payments.seat_card_changed": (_("Note a card"), _("Another card is used")),
    "payments.transfer_asked": (_("Ask for a transfer"), _("Transfer asked for")),
    "payments.transfer_recorded": (_("Record a transfer"), _("Transfer recorded")),
    "payments.transfer_confirmed": (_("Confirm a transfer"), _("Transfer confirmed")),
    "payments.refund_asked": (_("Ask for a refund"), _("Refund asked for")),
    "payments.refund_requested": (_("Request a refund"), _("Refund requested")),
    "payments.refund_approved": (_("Grant a refund"), _("Refund granted")),
    "payments.refund_declined": (_("Decline a refund"), _("Refund declined")),
    "payments.refund_pending": (_("Send a refund"), _("Refund with the bank")),
    "payments.refund_succeeded": (_("Complete a refund"), _("Refund sent back")),
    "payments.refund_failed": (_("Fail a refund"), _("Refund failed")),
    "payments.dispute_opened": (_("Note a dispute"), _("Dispute opened")),
    "payments.dispute_closed": (_("Close a dispute"), _("Dispute closed")),
    "payments.transfer_rejected": (_("Reject a transfer"), _("Transfer not found")),
    "payments.bank_file_imported": (_("Import a bank file"), _("Bank file imported")),
    "payments.bank_line_matched": (_("Match a bank line"), _("Bank line matched")),
    "payments.bank_line_discarded": (
        _("Discard a bank line"),
        _("Bank line discarded"),
    ),
    "payments.month_closed": (_("Close a month"), _("Month closed")),
    "payments.matter_remedied": (_("Remedy a matter"), _("Matter remedied")),
    "payments.matter_resolved": (_("Close a matter"), _("Matter closed")),
}


@hooks.register("register_log_actions")
def name_the_acts(actions) -> None:
    for name, (label, message) in ACTS.items():
        actions.register_action(name, label, message)
