"""The verbs of a meeting: propose times, pick one, move, cancel, and say what came of it."""

from .clock import (
    ask_for_notes,
    finish_meetings,
    lapse_times,
    remind_of_meetings,
)
from .contacts import show_clock_of_new_contact
from .ending import end_meetings, let_nobody_set_out
from .outcomes import LineText, confirm_line, keep_note, say_took_place, write_line
from .picking import cancel_meeting, decline_times, pick_time, withdraw_times
from .proposing import Times, propose_times

__all__ = [
    "LineText",
    "Times",
    "ask_for_notes",
    "cancel_meeting",
    "confirm_line",
    "decline_times",
    "end_meetings",
    "finish_meetings",
    "keep_note",
    "lapse_times",
    "let_nobody_set_out",
    "pick_time",
    "propose_times",
    "remind_of_meetings",
    "say_took_place",
    "show_clock_of_new_contact",
    "withdraw_times",
    "write_line",
]
