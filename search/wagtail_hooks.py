"""Names of the acts that staff's suggestions write into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def name_acts(actions: LogActionRegistry) -> None:
    for act, label in (
        ("suggest_match", _("Suggested a match")),
        ("end_suggestion", _("Ended a suggested match")),
    ):
        actions.register_action(f"search.{act}", label, label)
