"""What people announce: staff opened or closed an account."""

from django.dispatch import Signal

account_changed = Signal()  # user, by
