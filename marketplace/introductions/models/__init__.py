"""Introductions, the consents they rest on, and their messages."""

from .concerns import Concern
from .consents import StageConsent
from .context import Context
from .draft_wordings import DraftWording
from .introduction import Introduction
from .messages import Attachment, Message
from .pauses import Pause
from .querysets import ARRIVED, STANDING, WAITING

__all__ = [
    "ARRIVED",
    "STANDING",
    "WAITING",
    "Attachment",
    "Concern",
    "Context",
    "DraftWording",
    "Introduction",
    "Message",
    "Pause",
    "StageConsent",
]
