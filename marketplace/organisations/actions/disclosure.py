"""What one organisation opens to another, and takes back.

Callable by the rooms above on the strength of consents they have checked themselves.
What happened stands in the chained record, once.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.audit.actions import record
from marketplace.audit.models import Entry
from marketplace.organisations.models import Disclosure, Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User


@transaction.atomic
def open_disclosure(
    *,
    of: Organisation,
    to: Organisation,
    scope: UUID,
    stage: Stage,
    consents: Iterable[UUID | str] = (),
    by: User,
) -> Disclosure:
    """One organisation lets another see its fields up to a stage, under one scope.

    Safe to repeat: a live row of the same stage stays as it is.
    """
    disclosure, is_new = Disclosure.objects.live().get_or_create(
        of=of,
        to=to,
        scope=scope,
        stage=stage,
        defaults={"consents": [str(consent) for consent in consents]},
    )
    if is_new:
        record(
            Entry.Kind.OPENED,
            by=by,
            subject=of.public_id,
            scope=str(scope),
            stage=int(stage),
        )
    return disclosure


@transaction.atomic
def end_disclosures(
    *,
    scope: UUID,
    between: tuple[Organisation, Organisation],
    by: User,
    above: Stage = Stage.PUBLIC,
) -> int:
    """Close at once what two organisations had opened to each other under a scope.

    Rows at or below `above` stay. Returns how many ended; none when repeated.
    """
    one, other = between
    ended = (
        Disclosure.objects.live()
        .filter(scope=scope, of__in=between, to__in=between, stage__gt=above)
        .update(ended_at=timezone.now())
    )
    if ended:
        for organisation in (one, other):
            record(
                Entry.Kind.ENDED,
                by=by,
                subject=organisation.public_id,
                scope=str(scope),
                above=int(above),
            )
    return ended
