"""Names of the acts that mandates write into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def name_acts(actions: LogActionRegistry) -> None:
    for act, label in (
        ("state", _("Stated a mandate")),
        ("change", _("Changed a mandate")),
        ("pause", _("Paused a mandate")),
        ("resume", _("Resumed a mandate")),
        ("end", _("Ended a mandate")),
    ):
        actions.register_action(f"mandates.{act}", label, label)
