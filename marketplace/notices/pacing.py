"""What a partner can do again and again reaches the other at the reader's own pace."""

from django.utils import timezone

from marketplace.people.models import User

from .kinds import NoticeKind
from .models import Notice, OutgoingMail


def paced(recipient: User, kind: NoticeKind, about: str) -> str:
    """A key for `notify`: an unread line of today stands for those that would follow.

    It changes with the day (UTC), each time the reader has read the line, and each time
    its letter was thrown away unsent. `about` names the thing; the line leads there.
    """
    key = f"{about}:{timezone.now().date()}:"
    lines = Notice.objects.to(recipient).filter(kind=kind.key, once__startswith=key)
    unread = lines.filter(read_at__isnull=True)
    dropped = OutgoingMail.objects.filter(
        notice__in=unread, state=OutgoingMail.State.DROPPED
    )
    standing = unread.exclude(pk__in=dropped.values("notice"))
    return f"{key}{lines.count() - standing.count()}"
