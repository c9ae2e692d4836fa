"""Which features an organisation may use, and until when."""

import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.organisations.models import Entitlement, Organisation
from marketplace.people.models import User


@transaction.atomic
def grant_entitlement(
    organisation: Organisation,
    *,
    feature: str,
    source: str,
    by: User,
    ends_at: datetime.datetime | None = None,
) -> Entitlement:
    """An organisation may use a feature; one row a source, so repeating is safe.

    `source` names what it rests on, such as ``fee:<public id>``.
    """
    entitlement, is_new = Entitlement.objects.get_or_create(
        organisation=organisation,
        feature=feature,
        source=source,
        defaults={"ends_at": ends_at},
    )
    if is_new:
        log(
            organisation,
            "organisations.entitle",
            user=by,
            data={"feature": feature, "source": source},
        )
    return entitlement


@transaction.atomic
def move_entitlement_end(
    entitlement: Entitlement, *, ends_at: datetime.datetime, by: User
) -> Entitlement:
    """The right lasts until another moment, earlier or later."""
    entitlement.ends_at = ends_at
    entitlement.save(update_fields=["ends_at"])
    log(
        entitlement.organisation,
        "organisations.entitle",
        user=by,
        data={"feature": entitlement.feature, "source": entitlement.source},
    )
    return entitlement


@transaction.atomic
def end_entitlement(entitlement: Entitlement, *, by: User) -> Entitlement:
    """The right ends now; an ended one stays as it is."""
    now = timezone.now()
    if entitlement.ends_at is None or entitlement.ends_at > now:
        entitlement.ends_at = now
        entitlement.save(update_fields=["ends_at"])
        log(
            entitlement.organisation,
            "organisations.end_entitlement",
            user=by,
            data={"feature": entitlement.feature},
        )
    return entitlement
