"""Who may do what to an account."""

from django.contrib.auth.models import AnonymousUser

from .models import User


def can_change(by: User, user: User) -> bool:
    """Members change their own account, and nobody else's."""
    return by.is_active and by.pk == user.pk


def can_enter_staff_area(user: User | AnonymousUser) -> bool:
    """Whoever staff gave the permission of Wagtail's admin."""
    return user.is_active and user.has_perm("wagtailadmin.access_admin")
