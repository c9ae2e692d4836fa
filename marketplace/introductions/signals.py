"""What introductions announce; each is sent inside the act's transaction."""

from django.dispatch import Signal

introduction_asked = Signal()
introduction_accepted = Signal()
introduction_declined = Signal()
introduction_expired = Signal()
introduction_withdrawn = Signal()
introduction_closed = Signal()
