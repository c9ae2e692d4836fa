"""What partners write: the text of a venture, what they plan, how it goes and ends."""

from .closing import ClosingForm
from .dissent import DissentForm
from .plans import ArrangementForm, MilestoneForm
from .pulse import PulseForm, StandForm, WayForm
from .ventures import VentureForm

__all__ = [
    "ArrangementForm",
    "ClosingForm",
    "DissentForm",
    "MilestoneForm",
    "PulseForm",
    "StandForm",
    "VentureForm",
    "WayForm",
]
