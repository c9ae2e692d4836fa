"""What this room announces; sent by its actions, inside their transaction.

Sender is ``Organisation``; all carry ``organisation``.
"""

from django.dispatch import Signal

organisation_changed = Signal()
"""Something others can see of it, or that decides whom it meets, is different now."""

colleague_removed = Signal()
"""An owner (`by`) ended what a person (`user`) may do for it; `contact_changed` says
whether partners now meet somebody else. Carries these three besides."""

organisation_verified = Signal()
"""Staff decided about its verification, either way."""
