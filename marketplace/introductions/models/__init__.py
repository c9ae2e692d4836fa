"""Introductions, the consents they rest on, and their messages."""

from .consents import StageConsent
from .introduction import ARRIVED, WAITING, Introduction
from .messages import Message

__all__ = ["ARRIVED", "WAITING", "Introduction", "Message", "StageConsent"]
