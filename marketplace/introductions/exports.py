"""An introduction as a file for one of its sides: what its page shows now, no more.

Made from the same face as the page, when it is asked for; nothing is kept ready, so that
after a withdrawal there is nothing left to fetch.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.audit.actions import record
from marketplace.audit.models import Entry
from marketplace.organisations.faces import OrganisationFace
from marketplace.organisations.faces_table import FIELDS
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.spreadsheets import as_csv

from .faces import IntroductionFace, introduction_face
from .models import Introduction
from .onlookers import onlooker_of
from .panels import ExportRow, rows_for
from .permissions import can_take_out

Row = tuple[str, str, str, str]


@transaction.atomic
def export_introduction(introduction: Introduction, *, by: User) -> bytes:
    """CSV of what this person's side may read now; the record keeps that it was taken."""
    introduction = Introduction.objects.locked(introduction.pk)
    onlooker = onlooker_of(introduction, by)
    require(can_take_out(onlooker, introduction))
    rows = list(_rows(introduction_face(introduction, onlooker)))
    rows += [_of_panel(row) for row in rows_for(introduction, onlooker)]
    record(
        Entry.Kind.TAKEN,
        by=by,
        subject=onlooker.own.public_id,
        about="introduction",
        id=str(introduction.public_id),
        rows=len(rows),
    )
    return as_csv([(_("when"), _("whose"), _("what"), _("wording")), *rows])


def _rows(face: IntroductionFace) -> Iterator[Row]:
    yield _row("", face.asked_at, _("status"), face.status_label)
    if face.listing_title:
        yield _row("", None, _("listing"), face.listing_title)
    yield from _of_request(face)
    for line in face.context:
        yield _row(_whose(line.is_mine), None, _("line of context"), line.text)
    for step in face.steps:
        if step.state == "open":
            yield _row("", None, _("open to both sides"), step.title)
    if face.counterpart:
        yield from _of_counterpart(face.counterpart)
    for message in face.messages:
        what = message.file.label if message.file else _("message")
        yield _row(_whose(message.is_mine), message.sent_at, what, message.text)
    for act in face.done_for_us:
        yield _row(act.facilitator, act.done_at, _("done for us"), act.act)


def _of_request(face: IntroductionFace) -> Iterator[Row]:
    asker, asked = _whose(face.is_asker), _whose(not face.is_asker)
    for label, text in face.answers:
        yield _row(asker, face.asked_at, label, text)
    for whose, what, text in (
        (asked, _("the question"), face.question),
        (asker, _("the answer to it"), face.reply),
        (asked, _("reason"), face.reason),
        (asked, _("note"), face.note),
    ):
        if text:
            yield _row(whose, None, what, text)


def _of_panel(row: ExportRow) -> Row:
    whose = "" if row.is_ours is None else _whose(row.is_ours)
    return _row(whose, row.at, row.what, row.words)


def _whose(is_ours: bool) -> str:
    return _("our side") if is_ours else _("the other side")


def _of_counterpart(face: OrganisationFace) -> Iterator[Row]:
    """Each field of the face under the name it has in the table of who sees what."""
    for row in FIELDS.values():
        if row.subject in ("organisation", "person") and hasattr(face, row.field):
            words = getattr(face, row.field)
            text = ", ".join(words) if isinstance(words, tuple) else str(words or "")
            if text:
                yield _row(_("the other side"), None, str(row.label), text)


def _row(whose: str, at: datetime | None, what: str, words: str) -> Row:
    when = f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
    return when, whose, what, words
