"""What partners write: the text of a venture, what they plan, how it goes and ends."""

from .closing import ClosingForm
from .plans import ArrangementForm, MilestoneForm
from .pulse import PulseForm, StandForm, WayForm
from .ventures import VentureForm

__all__ = [
    "ArrangementForm",
    "ClosingForm",
    "MilestoneForm",
    "PulseForm",
    "StandForm",
    "VentureForm",
    "WayForm",
]
