"""Messages somebody has not seen yet: known to the reader alone, never to the writer."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from marketplace.notices.models import Notice
from marketplace.people.models import User

from .models import Introduction
from .notice_kinds import MESSAGE


def unread_messages(
    reader: User, introductions: Collection[Introduction]
) -> dict[UUID, int]:
    """How many new messages each of these threads holds for a reader; one query.

    Every message is told by one notice to each reader, so an unread notice is an
    unread message. A thread that is no longer open has none.
    """
    ids = [str(row.public_id) for row in introductions if row.is_open]
    if not ids:
        return {}
    told = Notice.objects.to(reader).unread().filter(kind=MESSAGE.key, about_id__in=ids)
    counted = told.order_by().values_list("about_id").annotate(count=Count("pk"))
    return {UUID(about): count for about, count in counted}
