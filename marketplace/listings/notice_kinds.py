"""What owners and reviewers are told about listings."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import NoticeKind, register, register_topic
from marketplace.notices.readers import register_reader
from marketplace.people.models import User

from .models import Listing, ReviewReason
from .permissions import can_review

register_topic("listings", _("Listings"))


def _readable(reader: User, ids: Collection[UUID]) -> Iterable[UUID]:
    """Owners hear of their own listings, and staff of all they review."""
    rows = Listing.objects.filter(public_id__in=ids)
    rows = rows if can_review(reader) else rows.owned_by(reader)
    return rows.values_list("public_id", flat=True)


register_reader("listings.listing", _readable)


def _kind(name: str, line: str | Promise, discreet: str | Promise) -> NoticeKind:
    return register(NoticeKind(name, "listings", line, discreet))


PUBLISHED = _kind(
    "published",
    _("“%(title)s” was approved. Others can find it until %(until)s."),
    _("A text of yours was approved."),
)
RUNS_OUT = _kind(
    "runs_out",
    _("“%(title)s” ends on %(until)s. One tap keeps it for six more months."),
    _("A text of yours ends soon."),
)
EXPIRED = _kind(
    "expired",
    _("“%(title)s” has run out and is hidden. One tap brings it back."),
    _("A text of yours has run out."),
)
TAKEN_DOWN = _kind(
    "taken_down",
    _("Staff have taken “%(title)s” down. Its page says what you can do."),
    _("A text of yours was taken down."),
)
APPEALED = _kind(
    "appealed",
    _("An owner asks for a second look at a listing that was taken down."),
    _("Something waits for a second look."),
)
APPEAL_ANSWERED = _kind(
    "appeal_answered",
    _("Staff have looked again at “%(title)s”. Its page says what came of it."),
    _("There is an answer for you."),
)
WAITS_FOR_REVIEW = _kind(
    "waits_for_review",
    _("A listing waits for review."),
    _("Something waits for review."),
)
REPORTED = _kind("reported", _("A listing was reported."), _("Something was reported."))
REPORT_CLOSED = _kind(
    "report_closed",
    _("Staff looked into your report and closed it. Thank you."),
    _("There is an answer for you."),
)
# The reason is part of the kind, so that it is read in the reader's language.
NEEDS_CHANGES = {
    reason.value: _kind(
        f"needs_changes_{reason.value}",
        format_lazy(
            _("“%(title)s” needs a change before others can see it. Reason: {reason}."),
            reason=reason.label,
        ),
        _("A text of yours needs a change."),
    )
    for reason in ReviewReason
}
