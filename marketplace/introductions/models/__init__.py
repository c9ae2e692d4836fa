"""Introductions, the consents they rest on, and their messages."""

from .consents import StageConsent
from .context import Context
from .introduction import Introduction
from .messages import Message
from .pauses import Pause
from .querysets import ARRIVED, WAITING

__all__ = [
    "ARRIVED",
    "WAITING",
    "Context",
    "Introduction",
    "Message",
    "Pause",
    "StageConsent",
]
