"""An owner lets a field show later than the table does."""

from collections.abc import Mapping

from django.db import transaction
from wagtail.log_actions import log

from marketplace.exceptions import NotAllowed
from marketplace.organisations.models import FieldChoice, Organisation
from marketplace.organisations.permissions import can_edit
from marketplace.organisations.stages import Stage
from marketplace.organisations.stricter import OFFERED, stages_for
from marketplace.people.models import User
from marketplace.refusals import require


@transaction.atomic
def choose_stages(
    organisation: Organisation,
    *,
    by: User,
    stages: Mapping[tuple[str, str], Stage],
) -> None:
    """From which stage each of these fields shows, from the commit on.

    Raises `NotAllowed` for a field that is not offered and a stage earlier than the
    table's.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(can_edit(by, organisation))
    for key, stage in stages.items():
        if key not in OFFERED or stage not in stages_for(*key):
            raise NotAllowed
    if stages.items() <= _chosen(organisation).items():
        return
    for (subject, field), stage in stages.items():
        FieldChoice.objects.update_or_create(
            organisation=organisation,
            subject=subject,
            field=field,
            defaults={"stage": stage},
        )
    log(organisation, "organisations.choose_stages", user=by)


def _chosen(organisation: Organisation) -> dict[tuple[str, str], int]:
    rows = FieldChoice.objects.filter(organisation=organisation)
    return {(row.subject, row.field): row.stage for row in rows}
