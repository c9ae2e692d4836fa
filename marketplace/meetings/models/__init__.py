"""Meetings of the two sides of an introduction: times proposed, agreed, and after."""

from .meeting import Meeting, Way
from .outcomes import LineYes, SharedLine, SideNote
from .proposals import Proposal, Slot

__all__ = [
    "LineYes",
    "Meeting",
    "Proposal",
    "SharedLine",
    "SideNote",
    "Slot",
    "Way",
]
