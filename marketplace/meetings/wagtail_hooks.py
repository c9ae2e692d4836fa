"""Names of the acts that meetings write into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def name_acts(actions: LogActionRegistry) -> None:
    for act, label in (
        ("propose", _("Proposed times for a meeting")),
        ("pick", _("Picked a time for a meeting")),
        ("decline", _("Declined proposed times")),
        ("withdraw", _("Took proposed times back")),
        ("cancel", _("Cancelled a meeting")),
        ("line", _("Wrote the shared line on a meeting")),
        ("confirm", _("Confirmed the shared line on a meeting")),
    ):
        actions.register_action(f"meetings.{act}", label, label)
