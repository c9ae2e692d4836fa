"""Ventures, their owners and signatures, what they set themselves, and how it goes."""

from .arrangements import Arrangement, ArrangementWord
from .milestones import Milestone, MilestoneWord
from .pulse import Confirmation, Pulse, WayOn
from .venture import WHOLE, JointVenture, Signature, VentureParty

__all__ = [
    "WHOLE",
    "Arrangement",
    "ArrangementWord",
    "Confirmation",
    "JointVenture",
    "Milestone",
    "MilestoneWord",
    "Pulse",
    "Signature",
    "VentureParty",
    "WayOn",
]
