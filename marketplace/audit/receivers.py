"""Changes of staff's rights are recorded wherever they are made."""

from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from marketplace.people.models import User
from marketplace.people.signals import account_changed

from .actions import record
from .models import Entry

CHANGES = {"post_add": "added", "post_remove": "removed", "post_clear": "cleared"}


@receiver(
    m2m_changed, sender=User.groups.through, dispatch_uid="audit_groups_of_a_person"
)
def record_groups(instance, action, pk_set, **_: object) -> None:
    if action not in CHANGES or not isinstance(instance, User):
        return
    groups = ",".join(str(pk) for pk in sorted(pk_set or ()))
    if pk_set or action == "post_clear":
        record(
            Entry.Kind.ROLES,
            by=None,
            about_user=instance,
            change=CHANGES[action],
            groups=groups,
        )


@receiver(account_changed, dispatch_uid="audit_accounts")
def record_account(user: User, by: User, **_: object) -> None:
    change = "opened" if user.is_active else "closed"
    record(Entry.Kind.ACCOUNT, by=by, about_user=user, change=change)
