"""Closing what finance has looked at."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.people.models import User
from marketplace.refusals import require
from payments.models import Discrepancy


@transaction.atomic
def resolve_matter(matter: Discrepancy, *, by: User) -> Discrepancy:
    """Finance has dealt with it; should it come up again, it stands anew."""
    require(by.has_perm("payments.change_discrepancy"))
    matter = Discrepancy.objects.select_for_update(no_key=True).get(pk=matter.pk)
    if matter.resolved_at is None:
        matter.resolved_at, matter.resolved_by = timezone.now(), by
        matter.save(update_fields=["resolved_at", "resolved_by"])
        log(matter, "payments.matter_resolved", user=by)
    return matter
