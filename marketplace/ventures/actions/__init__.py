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
from .dissent import withdraw_dissent, write_dissent
from .lessons import leave_out_lesson, publish_lesson
from .milestones import (
    MilestoneText,
    add_milestone,
    confirm_milestone,
    edit_milestone,
)
from .observers import (
    agree_to_observer,
    become_observer,
    end_observer,
    end_observers,
    invite_observer,
)
from .pulse import (
    ask_ventures,
    choose_way_on,
    confirm_stand,
    set_pulse,
    snooze_pulse,
)
from .signing import (
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
from .texts import VentureText, Words

__all__ = [
    "ArrangementText",
    "ClosingText",
    "MilestoneText",
    "VentureText",
    "Words",
    "activate_venture",
    "add_milestone",
    "agree_to_arrangement",
    "agree_to_observer",
    "all_introduced",
    "ask_ventures",
    "become_observer",
    "choose_way_on",
    "confirm_closing",
    "confirm_milestone",
    "confirm_stand",
    "edit_arrangement",
    "edit_milestone",
    "edit_venture",
    "end_arrangements",
    "end_observer",
    "end_observers",
    "invite_observer",
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
    "withdraw_dissent",
    "withdraw_proposals",
    "withdraw_venture",
    "write_closing",
    "write_dissent",
]
