"""Telling people: the rows are written in the transaction of the act itself."""

from functools import partial

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from marketplace.people.models import User
from marketplace.refusals import require

from .addresses import new_message_id
from .kinds import NoticeKind, kind_of
from .models import Notice, OutgoingMail
from .parameters import encode
from .tasks import deliver_mail


@transaction.atomic
def notify(
    recipient: User,
    kind: NoticeKind,
    *,
    about: models.Model | None = None,
    url: str = "",
    once: str = "",
    **parameters: object,
) -> Notice:
    """Tell one person one thing, on the site and by mail.

    Parameters hold ids and safe words (str, int, UUID, date, datetime, `Money`); text
    is made when it is read, in the reader's language. With `once`, what was told
    before under that key is returned and told no second time.
    """
    kind_of(kind.key)  # an unregistered kind fails here, not in the reader's letter
    told = _told_before(recipient, kind, once)
    if told is not None:
        return told
    notice = Notice(
        recipient=recipient,
        kind=kind.key,
        parameters={name: encode(value) for name, value in parameters.items()},
        url=url,
        about_type=about._meta.label_lower if about else "",
        about_id=str(getattr(about, "public_id", "")) if about else "",
        once=once,
    )
    try:
        with transaction.atomic():
            notice.save()
    except IntegrityError:  # somebody told it at the same moment
        told = _told_before(recipient, kind, once)
        if told is None:
            raise
        return told
    mail = OutgoingMail.objects.create(
        notice=notice,
        recipient=recipient,
        language=recipient.language,
        message_id=new_message_id(),
    )
    transaction.on_commit(partial(deliver_mail.enqueue, mail.pk))
    return notice


def _told_before(recipient: User, kind: NoticeKind, once: str) -> Notice | None:
    if not once:
        return None
    return Notice.objects.filter(recipient=recipient, kind=kind.key, once=once).first()


@transaction.atomic
def mark_read(notice: Notice, *, by: User) -> None:
    """The reader has seen a notice."""
    require(notice.recipient_id == by.pk)
    Notice.objects.filter(pk=notice.pk).unread().update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(*, by: User) -> int:
    """The reader has seen everything that stands there; returns how many."""
    return Notice.objects.to(by).unread().update(read_at=timezone.now())


@transaction.atomic
def mark_read_about(thing: models.Model, *, by: User) -> int:
    """The reader has opened the thing itself, so its notices count as seen."""
    return (
        Notice.objects.to(by)
        .unread()
        .filter(
            about_type=thing._meta.label_lower,
            about_id=str(getattr(thing, "public_id", "")),
        )
        .update(read_at=timezone.now())
    )


@transaction.atomic
def drop_unsent(thing: models.Model) -> int:
    """Mail about a thing that has not left yet stays in the house; how many.

    For acts that take back what the mail would tell of. What a worker has in hand may
    still leave, but is not tried again. Notices on the site stay.
    """
    waiting = OutgoingMail.objects.filter(
        notice__about_type=thing._meta.label_lower,
        notice__about_id=str(getattr(thing, "public_id", "")),
        state__in=[
            OutgoingMail.State.NEW,
            OutgoingMail.State.FAILED,
            OutgoingMail.State.SENDING,
        ],
    )
    return waiting.update(state=OutgoingMail.State.DROPPED, **OutgoingMail.wiped())
