"""The verbs of an introduction: ask, answer, go on step by step, take back, write."""

from .answering import (
    accept_introduction,
    answer_question,
    ask_question,
    decline_introduction,
)
from .asking import ask_introduction, discard_draft, save_draft, withdraw_introduction
from .blocking import block_counterpart, block_owner
from .brokering import (
    add_context,
    hold_introduction,
    release_introduction,
    release_overdue,
)
from .clock import expire_introductions, remind_introductions
from .drafting import soften_draft, write_draft
from .ending import close_introduction
from .parting import part_before, part_introductions
from .pausing import pause_requests, resume_requests
from .reporting import close_concern, report_thread
from .revealing import agree_to_step, stop_step
from .writing import send_message

__all__ = [
    "accept_introduction",
    "add_context",
    "agree_to_step",
    "answer_question",
    "ask_introduction",
    "ask_question",
    "block_counterpart",
    "block_owner",
    "close_concern",
    "close_introduction",
    "decline_introduction",
    "discard_draft",
    "expire_introductions",
    "hold_introduction",
    "part_before",
    "part_introductions",
    "pause_requests",
    "release_introduction",
    "release_overdue",
    "remind_introductions",
    "report_thread",
    "resume_requests",
    "save_draft",
    "send_message",
    "soften_draft",
    "stop_step",
    "withdraw_introduction",
    "write_draft",
]
