"""What this room announces; sent by its actions, inside their transaction.

Sender is ``Organisation``; both carry ``organisation``.
"""

from django.dispatch import Signal

organisation_changed = Signal()
"""Something others can see of it, or that decides whom it meets, is different now."""

organisation_verified = Signal()
"""Staff decided about its verification, either way."""
