"""What members do with their own account."""

from django.db import transaction
from wagtail.log_actions import log

from marketplace.refusals import require

from .models import LegalIdentity, User
from .permissions import can_change, can_open_or_close
from .signals import account_changed

SETTINGS = ("alias", "language", "time_zone", "discretion")


@transaction.atomic
def change_settings(user: User, *, by: User, **settings: str | int) -> User:
    """Keep how a member appears, reads and is written to.

    Takes any of alias, language, time_zone, discretion; a TypeError names others.
    The log says which changed, never the values.
    """
    require(can_change(by, user))
    unknown = sorted(set(settings) - set(SETTINGS))
    if unknown:
        raise TypeError(f"no settings of a member: {', '.join(unknown)}")
    kept = User.objects.select_for_update().get(pk=user.pk)
    changed = [name for name, value in settings.items() if getattr(kept, name) != value]
    for name, value in settings.items():
        setattr(user, name, value)
        setattr(kept, name, value)
    if changed:
        kept.save(update_fields=changed)
        log(kept, "people.change_settings", user=by, data={"changed": sorted(changed)})
    return user


@transaction.atomic
def seal_identity(user: User, *, name: str, phone: str, by: User) -> LegalIdentity:
    """Keep a member's legal name and telephone, sealed until a disclosure opens them."""
    require(can_change(by, user))
    identity, _ = LegalIdentity.objects.select_for_update().get_or_create(user=user)
    if (identity.name, identity.phone) == (name, phone):
        return identity
    identity.name, identity.phone = name, phone
    identity.save()
    log(user, "people.seal_identity", user=by)
    return identity


@transaction.atomic
def open_or_close_account(user: User, *, by: User, is_active: bool) -> User:
    """Staff let somebody log in no longer, or again; an account is never deleted.

    From the commit on no log-in session of a closed account is valid, no mail leaves
    for it, and partners no longer see its person as a contact.
    """
    require(can_open_or_close(by, user))
    kept = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = is_active
    if kept.is_active == is_active:
        return user
    kept.is_active = is_active
    kept.save(update_fields=["is_active"])
    log(kept, "people.open" if is_active else "people.close", user=by)
    account_changed.send(sender=User, user=kept, by=by)
    return user
