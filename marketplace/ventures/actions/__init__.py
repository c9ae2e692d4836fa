"""The verbs of a venture: its text, what it sets itself, how it goes and ends."""

from .arrangements import (
    ArrangementText,
    agree_to_arrangement,
    edit_arrangement,
    end_arrangements,
    leave_arrangement,
    propose_arrangement,
    say_kept,
)
from .closing import ClosingText, confirm_closing, restart_venture, write_closing
from .lessons import leave_out_lesson, publish_lesson
from .milestones import (
    MilestoneText,
    add_milestone,
    confirm_milestone,
    edit_milestone,
)
from .pulse import (
    ask_ventures,
    choose_way_on,
    confirm_stand,
    set_pulse,
    snooze_pulse,
)
from .signing import (
    VentureText,
    activate_venture,
    all_introduced,
    edit_venture,
    propose_venture,
    resume_venture,
    sign_venture,
    suspend_venture,
    withdraw_proposals,
    withdraw_venture,
)

__all__ = [
    "ArrangementText",
    "ClosingText",
    "MilestoneText",
    "VentureText",
    "activate_venture",
    "add_milestone",
    "agree_to_arrangement",
    "all_introduced",
    "ask_ventures",
    "choose_way_on",
    "confirm_closing",
    "confirm_milestone",
    "confirm_stand",
    "edit_arrangement",
    "edit_milestone",
    "edit_venture",
    "end_arrangements",
    "leave_arrangement",
    "leave_out_lesson",
    "propose_arrangement",
    "propose_venture",
    "publish_lesson",
    "restart_venture",
    "resume_venture",
    "say_kept",
    "set_pulse",
    "sign_venture",
    "snooze_pulse",
    "suspend_venture",
    "withdraw_proposals",
    "withdraw_venture",
    "write_closing",
]
