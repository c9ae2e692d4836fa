"""The names under which this room's acts stand in the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

_ACTS = {
    "create": (_("Write a listing"), _("Wrote the listing")),
    "edit": (_("Change a listing"), _("Changed the listing")),
    "submit": (_("Send for review"), _("Sent the listing for review")),
    "publish": (_("Publish a listing"), _("The listing became public")),
    "reject": (_("Ask for changes"), _("Changes were asked for")),
    "withdraw": (_("Withdraw a listing"), _("Withdrew the listing")),
    "take_down": (_("Take a listing down"), _("Took the listing down")),
    "appeal": (_("Ask for a second look"), _("Its owner asked for a second look")),
    "answer_appeal": (_("Answer an appeal"), _("Answered an appeal")),
    "bring_back": (_("Bring a listing back"), _("The listing was brought back")),
    "renew": (_("Renew a listing"), _("Renewed the listing")),
    "expire": (_("Let a listing run out"), _("The listing ran out")),
    "report": (_("Report a listing"), _("The listing was reported")),
    "close_report": (_("Close a report"), _("Closed a report")),
    "add_photo": (_("Add a photo"), _("Added a photo")),
    "remove_photo": (_("Remove a photo"), _("Removed a photo")),
    "import": (_("Import listings"), _("Imported the listing")),
}


@hooks.register("register_log_actions")
def name_acts(actions: LogActionRegistry) -> None:
    for act, (label, message) in _ACTS.items():
        actions.register_action(f"listings.{act}", label, message)
