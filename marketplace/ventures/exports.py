"""A venture as a file for one of its partners: what its page shows now, no more."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.audit.actions import record
from marketplace.audit.models import Entry
from marketplace.exceptions import NotAllowed
from marketplace.people.models import User
from marketplace.spreadsheets import as_csv

from .arrangement_faces import arrangement_lines
from .closing_faces import closing_face
from .faces import VentureFace, venture_face
from .milestone_faces import milestone_faces
from .models import JointVenture, VentureParty
from .permissions import party_of
from .text_faces import dissent_faces

Row = tuple[str, str, str]


@transaction.atomic
def export_venture(venture: JointVenture, *, by: User) -> bytes:
    """CSV of what this partner may read now; the record keeps that it was taken."""
    venture = JointVenture.objects.locked(venture.pk)
    own = party_of(by, venture)
    if own is None:
        raise NotAllowed
    text = _of_text(venture_face(venture, by))
    rows = [*text, *_of_dissent(venture, by), *_of_plans(venture, own, by)]
    record(
        Entry.Kind.TAKEN,
        by=by,
        subject=own.organisation.public_id,
        about="venture",
        id=str(venture.public_id),
        rows=len(rows),
    )
    return as_csv([(_("when"), _("what"), _("wording")), *rows])


def _of_text(face: VentureFace) -> Iterator[Row]:
    for each in face.wordings:
        yield "", _("title"), each.title
        yield "", _("purpose"), each.purpose
        if each.governs:
            yield "", _("language that governs"), each.language_name
    yield str(face.starts_on), _("starts on"), ""
    if face.ends_on:
        yield str(face.ends_on), _("ends on"), ""
    yield "", _("currency of the programme fee"), face.fee_currency
    yield "", _("status"), str(face.status_label)
    if face.agreed_at:
        yield f"{timezone.localdate(face.agreed_at)}", _("signed by all on"), ""
    for party in face.parties:
        signed = _("signed this text") if party.has_signed else _("not yet")
        yield "", _("partner"), f"{party.name} · {party.ownership}% · {signed}"
    if face.pulse and face.pulse.label:
        yield "", _("how it goes"), str(face.pulse.label)


def _of_dissent(venture: JointVenture, by: User) -> Iterator[Row]:
    for note in dissent_faces(venture, by):
        day = f"{timezone.localdate(note.written_at)}"
        yield day, _("note of dissent"), f"{note.by} · {note.text}"
        if note.withdrawn_at:
            back = f"{timezone.localdate(note.withdrawn_at)}"
            yield back, _("note of dissent taken back"), note.by


def _of_plans(venture: JointVenture, own: VentureParty, by: User) -> Iterator[Row]:
    for step in milestone_faces(venture, own):
        yield str(step.due_on), step.kind, f"{step.text} · {step.owner} · {step.state}"
    for line in arrangement_lines(venture):
        days = f"{line.first_on} – {line.last_on}"
        words = (line.what, line.place, line.state_label, line.kept_label)
        yield days, _("local arrangement"), " · ".join(filter(None, words))
    closing = closing_face(venture, by)
    if closing:
        yield "", _("closing note"), f"{closing.ending} · {closing.note}"
        if closing.lesson:
            yield "", _("lesson"), closing.lesson
