"""The verbs of an introduction: ask, answer, go on step by step, take back, write."""

from .answering import (
    accept_introduction,
    answer_question,
    ask_question,
    decline_introduction,
)
from .asking import ask_introduction, discard_draft, save_draft, withdraw_introduction
from .clock import expire_introductions, remind_introductions
from .ending import close_introduction
from .revealing import agree_to_step, stop_step
from .writing import send_message

__all__ = [
    "accept_introduction",
    "agree_to_step",
    "answer_question",
    "ask_introduction",
    "ask_question",
    "close_introduction",
    "decline_introduction",
    "discard_draft",
    "expire_introductions",
    "remind_introductions",
    "save_draft",
    "send_message",
    "stop_step",
    "withdraw_introduction",
]
