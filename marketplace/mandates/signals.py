"""What mandates announce; each carries ``mandate`` and is sent inside the act.

Sender is ``InvestorMandate``.
"""

from django.dispatch import Signal

mandate_changed = Signal()
"""A mandate is new, says something else, is paused or runs again."""

mandate_ended = Signal()
"""A mandate looks for nothing any more."""
