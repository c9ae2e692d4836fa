"""What ventures announce; each is sent inside the act's transaction."""

from django.dispatch import Signal

venture_proposed = Signal()
venture_agreed = Signal()
venture_activated = Signal()
