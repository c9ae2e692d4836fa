"""Ventures, their owners and signatures, what they set themselves, and how it goes."""

from .arrangements import Arrangement, ArrangementWord
from .closing import ClosingNote, ClosingWord, Ending, Lesson
from .milestones import Milestone, MilestoneWord
from .pulse import Confirmation, Pulse, WayOn
from .venture import WHOLE, JointVenture, Signature, VentureParty

__all__ = [
    "WHOLE",
    "Arrangement",
    "ArrangementWord",
    "ClosingNote",
    "ClosingWord",
    "Confirmation",
    "Ending",
    "JointVenture",
    "Lesson",
    "Milestone",
    "MilestoneWord",
    "Pulse",
    "Signature",
    "VentureParty",
    "WayOn",
]
