"""Telling people: the rows are written in the transaction of the act itself."""

from collections.abc import Collection
from functools import partial

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from marketplace.people.models import User
from marketplace.refusals import require

from .addresses import new_message_id
from .kinds import NoticeKind, kind_of, topic_of, topics
from .models import MailHabits, Notice, OutgoingMail, habits_of
from .parameters import encode
from .tasks import deliver_mail
from .timing import next_letter


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
    told = _keep(notice, kind)
    if told is notice:
        _write_mail(notice, recipient)
    return told


def _keep(notice: Notice, kind: NoticeKind) -> Notice:
    """Keep it; or, where somebody told it once at the same moment, that one."""
    if not notice.once:
        notice.save()
        return notice
    try:
        with transaction.atomic():
            notice.save()
    except IntegrityError:
        told = _told_before(notice.recipient, kind, notice.once)
        if told is None:
            raise
        return told
    return notice


def _write_mail(notice: Notice, recipient: User) -> None:
    """The row of a mail, due when its reader wants to hear; none about a muted topic."""
    habits = habits_of(recipient)
    if topic_of(notice.kind) in habits.muted:
        return
    now = timezone.now()
    mail = OutgoingMail.objects.create(
        notice=notice,
        recipient=recipient,
        language=recipient.language,
        message_id=new_message_id(),
        next_try_at=next_letter(now, recipient.time_zone, habits.rhythm),
    )
    if mail.next_try_at <= now:
        transaction.on_commit(partial(deliver_mail.enqueue, mail.pk))


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
def mark_read_about(*things: models.Model, by: User) -> int:
    """The reader has opened the things themselves, so their notices count as seen.

    Several are of one kind.
    """
    if not things:
        return 0
    return (
        Notice.objects.to(by)
        .unread()
        .filter(
            about_type=things[0]._meta.label_lower,
            about_id__in=[str(getattr(each, "public_id", "")) for each in things],
        )
        .update(read_at=timezone.now())
    )


@transaction.atomic
def drop_unsent(*things: models.Model, kinds: Collection[NoticeKind] = ()) -> int:
    """Mail about things of one kind that has not left yet stays in the house; how many.

    For acts that take back what the mail would tell of, all of it or some `kinds`; one
    that takes back several names them all at once, so that their mails are locked in
    one order. What a worker has in hand may still leave, but is not tried again. Notices
    on the site stay.
    """
    if not things:
        return 0
    waiting = OutgoingMail.objects.filter(
        notice__about_type=things[0]._meta.label_lower,
        notice__about_id__in=[str(getattr(each, "public_id", "")) for each in things],
        state__in=[
            OutgoingMail.State.NEW,
            OutgoingMail.State.FAILED,
            OutgoingMail.State.SENDING,
        ],
    )
    if kinds:
        waiting = waiting.filter(notice__kind__in=[kind.key for kind in kinds])
    return waiting.lock_in_turn().update(
        state=OutgoingMail.State.DROPPED, **OutgoingMail.wiped()
    )


@transaction.atomic
def keep_habits(user: User, *, by: User, **habits: object) -> MailHabits:
    """A member says how often and when we write; what waits follows the new clock.

    Takes cadence, quiet_from, quiet_until, days_off and muted.
    """
    require(by.pk == user.pk)
    User.objects.select_for_update().get(pk=user.pk)
    kept, _is_new = MailHabits.objects.update_or_create(user=user, defaults=habits)
    due = next_letter(timezone.now(), user.time_zone, kept.rhythm)
    waiting = OutgoingMail.objects.filter(
        recipient=user, notice__isnull=False, state=OutgoingMail.State.NEW, tries=0
    )
    alone = waiting.filter(carried_by__isnull=True)
    alone.lock_in_turn().update(next_try_at=due)
    return kept


@transaction.atomic
def stop_mails(user: User, *, about: str = "") -> MailHabits:
    """Whoever holds the link of a mail stops mails of its topic, or of all topics.

    The link is the right: it stands in the reader's own mail and only ever stops.
    """
    User.objects.select_for_update().get(pk=user.pk)
    kept, _is_new = MailHabits.objects.get_or_create(user=user)
    stopped = [about] if about else [room for room, _label in topics()]
    kept.muted = sorted({*kept.muted, *stopped})
    kept.save(update_fields=["muted"])
    return kept
