"""What introductions announce; each is sent inside the act's transaction."""

from django.dispatch import Signal

introduction_asked = Signal()
introduction_accepted = Signal()
introduction_declined = Signal()
introduction_expired = Signal()
introduction_withdrawn = Signal()
introduction_closed = Signal()

introduction_left = Signal()
"""One side has blocked the other elsewhere and comes no more; the other does not know."""

introduction_known = Signal()
"""Both have agreed to the last step: their people know each other."""

introduction_stepped_back = Signal()
"""A step was stopped; what rests on it ends."""
