"""Ventures, their owners and signatures, and what the owners say of how it goes."""

from .pulse import Confirmation, Pulse, WayOn
from .venture import WHOLE, JointVenture, Signature, VentureParty

__all__ = [
    "WHOLE",
    "Confirmation",
    "JointVenture",
    "Pulse",
    "Signature",
    "VentureParty",
    "WayOn",
]
