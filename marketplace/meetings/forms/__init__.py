"""What one side writes about a meeting: times to offer, and what came of it."""

from .outcomes import LineForm, NoteForm
from .times import ADD_ROW, SLOTS, TimesForm

__all__ = ["ADD_ROW", "SLOTS", "LineForm", "NoteForm", "TimesForm"]
