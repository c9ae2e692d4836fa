"""The verbs of a venture: its text, and how it goes."""

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
    "VentureText",
    "activate_venture",
    "all_introduced",
    "ask_ventures",
    "choose_way_on",
    "confirm_stand",
    "edit_venture",
    "propose_venture",
    "resume_venture",
    "set_pulse",
    "sign_venture",
    "snooze_pulse",
    "suspend_venture",
    "withdraw_proposals",
    "withdraw_venture",
]
