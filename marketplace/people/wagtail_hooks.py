"""Names of this room's acts in Wagtail's log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "people.change_settings", _("Change settings"), _("Settings changed")
    )
    actions.register_action(
        "people.seal_identity", _("Seal identity"), _("Identity sealed")
    )
    actions.register_action("people.open", _("Open account"), _("Account opened"))
    actions.register_action("people.close", _("Close account"), _("Account closed"))
