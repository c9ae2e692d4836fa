"""Ventures, their owners and signatures, what they set themselves, and how it goes."""

from .arrangements import Arrangement, ArrangementWord
from .closing import ClosingNote, ClosingWord, Ending, Lesson
from .milestones import Milestone, MilestoneWord
from .observers import Observer, ObserverWord
from .pulse import Confirmation, Pulse, WayOn
from .texts import Dissent, TextVersion, Wording
from .venture import WHOLE, JointVenture, Signature, VentureParty

__all__ = [
    "WHOLE",
    "Arrangement",
    "ArrangementWord",
    "ClosingNote",
    "ClosingWord",
    "Confirmation",
    "Dissent",
    "Ending",
    "JointVenture",
    "Lesson",
    "Milestone",
    "MilestoneWord",
    "Observer",
    "ObserverWord",
    "Pulse",
    "Signature",
    "TextVersion",
    "VentureParty",
    "WayOn",
    "Wording",
]
