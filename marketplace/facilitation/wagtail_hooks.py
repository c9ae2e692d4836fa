"""Names of the acts that facilitation writes into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def name_acts(actions: LogActionRegistry) -> None:
    for act, label in (
        ("give", _("Gave a facilitator a mandate")),
        ("revoke", _("Took a mandate back")),
        ("act", _("A facilitator acted for the organisation")),
    ):
        actions.register_action(f"facilitation.{act}", label, label)
