"""What facilitation announces, inside the act's transaction."""

from django.dispatch import Signal

mandate_given = Signal()
"""A side lets a facilitator act for it; the room that knows both sides tells it."""
