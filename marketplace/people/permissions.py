"""Who may do what to an account."""

from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q, QuerySet

from .models import User


def can_change(by: User, user: User) -> bool:
    """Members change their own account, and nobody else's."""
    return by.is_active and by.pk == user.pk


def can_open_or_close(by: User, user: User) -> bool:
    """Staff with the right over accounts; never one's own, and of superusers only they."""
    return (
        by.is_active
        and by.pk != user.pk
        and by.has_perm("people.change_user")
        and (by.is_superuser or not user.is_superuser)
    )


def can_enter_staff_area(user: User | AnonymousUser) -> bool:
    """Whoever staff gave the permission of Wagtail's admin."""
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


def holders_of(permission: str) -> QuerySet[User]:
    """Everybody who holds a right (`app.codename`) by name; superusers hold no list."""
    app_label, _dot, codename = permission.partition(".")
    named = Permission.objects.filter(
        content_type__app_label=app_label, codename=codename
    )
    holds = Q(groups__permissions__in=named) | Q(user_permissions__in=named)
    return User.objects.filter(holds, is_active=True).distinct()
