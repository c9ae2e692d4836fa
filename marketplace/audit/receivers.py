"""Changes of staff's rights are recorded wherever they are made.

By whom, as far as the site knows: Wagtail keeps who works in its admin; a command or a
console has nobody.
"""

from collections.abc import Collection, Iterable

from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context

from marketplace.people.models import User
from marketplace.people.signals import account_changed

from .actions import record
from .models import Entry

CHANGES = {"post_add": "added", "post_remove": "removed", "pre_clear": "removed"}
# The two ways a person holds rights: how the fact is called, and from which field.
HELD_BY = {
    User.groups.through: ("groups", "groups"),
    User.user_permissions.through: ("permissions", "user_permissions"),
}


@receiver(
    m2m_changed, sender=User.groups.through, dispatch_uid="audit_groups_of_a_person"
)
@receiver(
    m2m_changed,
    sender=User.user_permissions.through,
    dispatch_uid="audit_permissions_of_a_person",
)
def record_rights(sender, instance, action, pk_set, reverse, **_: object) -> None:
    """Set from the person or from what is held: one entry for each person."""
    if action not in CHANGES:
        return
    fact, field = HELD_BY[sender]
    for person, held in _changes(instance, field, pk_set, reverse=reverse):
        if held:
            about = {fact: ",".join(map(str, sorted(held)))}
            _note(person, CHANGES[action], **about)


def _changes(
    instance: Model, field: str, pk_set: Collection[int] | None, *, reverse: bool
) -> Iterable[tuple[User, Collection[int]]]:
    """Who gains or loses what; without `pk_set` all that is held goes."""
    if isinstance(instance, User):
        held = getattr(instance, field)
        yield instance, held.values_list("pk", flat=True) if pk_set is None else pk_set
        return
    people = User.objects.filter(**{field: instance})
    if pk_set is not None:
        people = User.objects.filter(pk__in=pk_set)
    for person in people:
        yield person, [instance.pk]


@receiver(
    m2m_changed,
    sender=Group.permissions.through,
    dispatch_uid="audit_permissions_of_a_group",
)
def record_group(instance, action, pk_set, reverse, **_: object) -> None:
    """What its people may do from now on, without any of them being named."""
    if action not in CHANGES or reverse:
        return
    held = pk_set
    if held is None:
        held = instance.permissions.values_list("pk", flat=True)
    if held:
        permissions = ",".join(map(str, sorted(held)))
        record(
            Entry.Kind.GROUP,
            by=_acting(),
            group=instance.pk,
            change=CHANGES[action],
            permissions=permissions,
        )


@receiver(pre_save, sender=User, dispatch_uid="audit_what_was_before")
def look_before(instance, update_fields, **_: object) -> None:
    """Whether a person may do everything is a column: what it was is looked up."""
    instance.could_do_everything = instance.is_superuser
    if instance._state.adding:
        instance.could_do_everything = False
    elif update_fields is None or "is_superuser" in update_fields:
        before = User.objects.filter(pk=instance.pk).values_list("is_superuser")
        instance.could_do_everything = any(was for (was,) in before)


@receiver(post_save, sender=User, dispatch_uid="audit_who_may_do_everything")
def record_everything(instance, **_: object) -> None:
    if instance.could_do_everything != instance.is_superuser:
        change = "added" if instance.is_superuser else "removed"
        _note(instance, change, everything=1)


@receiver(account_changed, dispatch_uid="audit_accounts")
def record_account(user: User, by: User, **_: object) -> None:
    change = "opened" if user.is_active else "closed"
    record(Entry.Kind.ACCOUNT, by=by, about_user=user, change=change)


def _note(person: User, change: str, **facts: str | int) -> None:
    record(
        Entry.Kind.ROLES,
        by=_acting(),
        about_user=person,
        subject=None,
        change=change,
        **facts,
    )


def _acting() -> User | None:
    user = get_active_log_context().user
    return user if isinstance(user, User) else None
