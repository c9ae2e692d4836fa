"""Ventures, their owners and signatures, what they set themselves, and how it goes."""

from .milestones import Milestone, MilestoneWord
from .pulse import Confirmation, Pulse, WayOn
from .venture import WHOLE, JointVenture, Signature, VentureParty

__all__ = [
    "WHOLE",
    "Confirmation",
    "JointVenture",
    "Milestone",
    "MilestoneWord",
    "Pulse",
    "Signature",
    "VentureParty",
    "WayOn",
]
