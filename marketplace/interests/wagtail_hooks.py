"""Names of the acts that the ladder writes into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def name_acts(actions: LogActionRegistry) -> None:
    for act, label in (
        ("note", _("Noted an interest")),
        ("take_back", _("Took an interest back")),
    ):
        actions.register_action(f"interests.{act}", label, label)
