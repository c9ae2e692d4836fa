"""Names of the acts that ventures write into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def name_acts(actions: LogActionRegistry) -> None:
    for act, label in (
        ("propose", _("Proposed a venture")),
        ("edit", _("Changed the text of a venture")),
        ("sign", _("Signed the text of a venture")),
        ("dissent", _("Left a note of dissent beside a venture")),
        ("withdraw_dissent", _("Took back a note of dissent")),
        ("observer_invite", _("Invited an observer")),
        ("observer_agree", _("Agreed to an observer")),
        ("observer_join", _("Became the observer of a venture")),
        ("observer_end", _("Ended the observing of a venture")),
        ("agree", _("Completed the signatures of a venture")),
        ("withdraw", _("Withdrew a proposed venture")),
        ("activate", _("Activated a venture")),
        ("suspend", _("Suspended a venture")),
        ("confirm", _("Said how a venture goes")),
        ("way_on", _("Chose a way on for a venture")),
        ("milestone_add", _("Wrote a next step of a venture")),
        ("milestone_edit", _("Changed a next step of a venture")),
        ("milestone_say", _("Answered a next step of a venture")),
        ("arrangement_propose", _("Proposed a local arrangement")),
        ("arrangement_edit", _("Changed a local arrangement")),
        ("arrangement_agree", _("Agreed to a local arrangement")),
        ("arrangement_leave", _("Ended a local arrangement")),
        ("arrangement_end", _("Local arrangements ended with an introduction")),
        ("arrangement_kept", _("Said whether a local arrangement was kept")),
        ("closing_write", _("Wrote the closing note of a venture")),
        ("closing_confirm", _("Confirmed the closing note of a venture")),
        ("close", _("Closed a venture")),
        ("restart", _("Began a venture anew")),
        ("publish_lesson", _("Published a lesson")),
        ("leave_out_lesson", _("Left a lesson out")),
        ("ask", _("Asked how a venture goes")),
        ("resume", _("Resumed a venture")),
    ):
        actions.register_action(f"ventures.{act}", label, label)
