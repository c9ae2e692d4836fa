"""What partners write: the text of a venture, what they plan, and how it goes."""

from .plans import ArrangementForm, MilestoneForm
from .pulse import PulseForm, StandForm, WayForm
from .ventures import VentureForm

__all__ = [
    "ArrangementForm",
    "MilestoneForm",
    "PulseForm",
    "StandForm",
    "VentureForm",
    "WayForm",
]
