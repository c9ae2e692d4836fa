"""A member points staff to a listing; staff answer."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.listings.models import Listing, Report
from marketplace.listings.notice_kinds import REPORT_CLOSED, REPORTED
from marketplace.listings.permissions import can_report, can_review
from marketplace.notices.actions import notify
from marketplace.people.models import User
from marketplace.people.permissions import holders_of
from marketplace.refusals import require


@transaction.atomic
def report_listing(
    listing: Listing, *, because: str, by: User, note: str = ""
) -> Report:
    """A reader says that a listing needs a look; staff are told at once.

    A second report of the same person while the first is open only adds its words.
    """
    require(can_report(by, listing))
    report, is_new = Report.objects.get_or_create(
        listing=listing,
        reported_by=by,
        closed_at=None,
        defaults={"reason": because, "note": note},
    )
    if not is_new:
        report.reason = because
        report.note = f"{report.note}\n{note}".strip()[-1000:]
        report.save(update_fields=["reason", "note"])
        return report
    # The log is read by many staff; who reported stands in the row alone.
    log(listing, "listings.report", data={"because": because})
    for reviewer in holders_of("listings.publish_listing"):
        notify(reviewer, REPORTED, about=listing, url="/staff/")
    return report


@transaction.atomic
def close_report(report: Report, *, outcome: str, by: User) -> Report:
    """Staff say what came of a report, and the reader who made it is told."""
    require(can_review(by))
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.closed_at:
        return report
    report.closed_at, report.outcome = timezone.now(), outcome
    report.save(update_fields=["closed_at", "outcome"])
    log(report.listing, "listings.close_report", user=by)
    if report.reported_by:
        notify(report.reported_by, REPORT_CLOSED)
    return report
