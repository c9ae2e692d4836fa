"""How long files stay that two sides sent each other."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from marketplace.private_files import private_storage

from .models import Attachment, Introduction


def forget_attachments() -> int:
    """Delete the files of introductions that ended some weeks ago; how many.

    From the end on nobody can read them. They stay for `ATTACHMENTS_KEPT_DAYS`, counted
    from the last consent taken back, so that staff can be told of a matter first.
    """
    until = timezone.now() - timedelta(days=settings.ATTACHMENTS_KEPT_DAYS)
    ended = (
        Introduction.objects.filter(status=Introduction.Status.CLOSED)
        .annotate(end=Max("consents__withdrawn_at"))
        .filter(Q(end__lt=until) | Q(end__isnull=True))
    )
    rows = Attachment.objects.filter(message__introduction__in=ended)
    return sum(_forget(pk) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _forget(pk: int) -> bool:
    """The file before its row: broken off between the two, the next time ends it."""
    row = Attachment.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return False
    if row.file.name:
        private_storage().delete(row.file.name)
    row.delete()
    return True
