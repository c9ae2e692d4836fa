"""Names of the acts that introductions write into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def name_acts(actions: LogActionRegistry) -> None:
    for act, label in (
        ("ask", _("Asked for an introduction")),
        ("accept", _("Accepted an introduction")),
        ("decline", _("Declined an introduction")),
        ("withdraw", _("Withdrew a request")),
        ("expire", _("Ended a request without an answer")),
        ("close", _("Closed an introduction")),
        ("question", _("Asked one question")),
        ("reply", _("Answered a question")),
        ("agree", _("Agreed to a step of an introduction")),
        ("stop", _("Took back a step of an introduction")),
        ("hold", _("Held a request")),
        ("release", _("Let a clock run on")),
        ("context", _("Added a line of context")),
        ("draft", _("Wrote a draft for a client")),
        ("soften", _("Put a draft more gently")),
        ("pause", _("Took no new requests")),
        ("resume", _("Took requests again")),
        ("report", _("Reported a thread")),
        ("close_report", _("Closed a report of a thread")),
        ("message", _("Sent a message")),
    ):
        actions.register_action(f"introductions.{act}", label, label)
