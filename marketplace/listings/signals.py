"""What this room announces; sent by its actions, inside their transaction.

Sender is ``Listing``. The first three carry ``listing``, the last ``listing_ids``.
"""

from django.dispatch import Signal

listing_published = Signal()
"""A listing, or a new version of it, passed review and is public from now on."""

listing_changed = Signal()
"""Something others can see of a live listing is different now."""

listing_withdrawn = Signal()
"""A listing is no longer public: withdrawn by its owner, by staff, or run out."""

listings_imported = Signal()
"""Many listings were written at once; each may be new, changed or not yet public."""
