"""What waits for staff, oldest first; each person sees what they may work on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState

from marketplace.introductions.models import Concern
from marketplace.listings.models import Listing, Report
from marketplace.notices.models import OutgoingMail
from marketplace.organisations.models import Organisation
from marketplace.people.models import User
from payments.models import Discrepancy, Fee, Share, StripeEvent
from payments.screening import shares_waiting
from search.models import EngineCheck, IndexChange

# Enough for a morning; what is beyond comes up as these are done.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to look at: what it is, since when, and where; no private words."""

    label: str
    since: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Heap:
    """Things of one kind; `more` tells that not all of them are here."""

    title: str | Promise
    hint: str | Promise
    lines: list[Waiting]
    more: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where a heap comes from, and the right without which nobody sees it."""

    permission: str
    title: str | Promise
    find: Callable[[AdminURLFinder], Iterable[Waiting]]
    hint: str | Promise = ""


def heaps_for(user: User | AnonymousUser) -> list[Heap]:
    """The heaps this member of staff works on, empty ones included."""
    finder = AdminURLFinder(user)
    return [
        _heap(source, finder) for source in SOURCES if user.has_perm(source.permission)
    ]


def _heap(source: Source, finder: AdminURLFinder) -> Heap:
    lines = list(source.find(finder))
    return Heap(source.title, source.hint, lines[:SHOWN], more=len(lines) > SHOWN)


def listings_to_review(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Listings handed in, by the moment of the last handing in."""
    states = (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=ContentType.objects.get_for_model(
                Listing
            ),
        )
        .select_related("workflow_state", "revision")
        .order_by("started_at")[: SHOWN + 1]
    )
    rows = Listing.objects.in_bulk({int(s.workflow_state.object_id) for s in states})
    for state in states:
        listing = rows.get(int(state.workflow_state.object_id))
        if listing is not None:
            url = finder.get_edit_url(listing) or ""
            yield Waiting(state.revision.object_str, state.started_at, url)


def organisations_to_verify(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Organisations that wait, since they came in or asked again."""
    pending = Organisation.Verification.PENDING
    asked = Max("decisions__decided_at", filter=Q(decisions__state=pending))
    rows = Organisation.objects.filter(verification_state=pending).annotate(
        since=Coalesce(asked, "created_at")
    )
    for row in rows.order_by("since")[: SHOWN + 1]:
        yield Waiting(str(row), row.since, finder.get_edit_url(row) or "")


def payments_to_verify(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Organisations that cannot pay before a decision; neither venture nor amount."""
    waiting = shares_waiting()
    shares = (
        Share.objects.unsettled()
        .filter(public_id__in=waiting)
        .exclude(fee__state=Fee.State.VOID)
        .select_related("party__organisation")
    )
    lines = [(waiting[share.public_id].noted_at, share) for share in shares]
    for since, share in sorted(lines, key=lambda line: line[0])[: SHOWN + 1]:
        organisation = share.party.organisation
        url = finder.get_edit_url(organisation) or ""
        yield Waiting(str(organisation), since, url)


def open_reports(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Readers' words about listings that nobody has closed; the reporter unnamed."""
    rows = Report.objects.filter(closed_at__isnull=True).select_related("listing")
    for row in rows.order_by("created_at")[: SHOWN + 1]:
        url = finder.get_edit_url(row) or finder.get_edit_url(row.listing) or ""
        yield Waiting(f"{row}: {row.listing}", row.created_at, url)


def open_concerns(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Members' words about threads that nobody has closed; no party is named."""
    rows = Concern.objects.filter(closed_at__isnull=True)
    for row in rows.order_by("created_at")[: SHOWN + 1]:
        yield Waiting(str(row), row.created_at, finder.get_edit_url(row) or "")


def dead_index_changes(finder: AdminURLFinder) -> Iterable[Waiting]:
    for row in IndexChange.objects.dead().order_by("created_at")[: SHOWN + 1]:
        yield Waiting(f"{row} · {row.last_error_class}", row.created_at, "")


def engines_that_differ(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Engines that the nightly comparison could not bring to agree."""
    rows = EngineCheck.objects.filter(Q(left__gt=0) | ~Q(detail=""))
    for row in rows.order_by("checked_at")[: SHOWN + 1]:
        yield Waiting(f"{row.engine} · {row.left}", row.checked_at, "")


def dead_mails(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Mail given up, and mail that has failed for a quarter of an hour."""
    state = OutgoingMail.State
    troubled = Q(state=state.DEAD) | Q(state=state.FAILED, tries__gte=4)
    rows = OutgoingMail.objects.filter(troubled, carried_by__isnull=True)
    for row in rows.select_related("notice").order_by("created_at")[: SHOWN + 1]:
        kind = row.notice.kind if row.notice else _("account")
        yield Waiting(f"{kind} · {row.last_error_class}", row.created_at, "")


def matters_of_finance(finder: AdminURLFinder) -> Iterable[Waiting]:
    """What does not agree, or needs a person."""
    rows = Discrepancy.objects.unresolved().exclude(kind=Discrepancy.Kind.SCREENING)
    for row in rows.order_by("noted_at")[: SHOWN + 1]:
        yield Waiting(str(row), row.noted_at, finder.get_edit_url(row) or "")


def failed_events(finder: AdminURLFinder) -> Iterable[Waiting]:
    rows = StripeEvent.objects.filter(state=StripeEvent.State.FAILED)
    for row in rows.order_by("received_at")[: SHOWN + 1]:
        label = f"{row.type} · {row.last_error_class}"
        yield Waiting(label, row.received_at, finder.get_edit_url(row) or "")


SOURCES: tuple[Source, ...] = (
    Source("introductions.change_concern", _("Reports of threads"), open_concerns),
    Source(
        "listings.change_listing",
        _("Listings waiting for review"),
        listings_to_review,
    ),
    Source(
        "organisations.verify_organisation",
        _("Organisations waiting for verification"),
        organisations_to_verify,
    ),
    Source(
        "organisations.verify_organisation",
        _("Payments that wait for a verification"),
        payments_to_verify,
    ),
    Source("listings.change_report", _("Reports of readers"), open_reports),
    Source(
        "payments.view_discrepancy",
        _("Payments that do not agree"),
        matters_of_finance,
    ),
    Source(
        "payments.view_stripeevent",
        _("Events from Stripe that were not understood"),
        failed_events,
    ),
    Source(
        "search.view_indexchange",
        _("Changes that did not reach the index"),
        dead_index_changes,
        _("“manage.py check_index --repair” tries them again."),
    ),
    Source(
        "search.view_indexchange",
        _("Search engines that differ from the listings"),
        engines_that_differ,
        _("“manage.py rebuild_index” fills them anew."),
    ),
    Source(
        "notices.view_outgoingmail",
        _("Mails that could not be sent"),
        dead_mails,
        _("“manage.py send_mail --retry” tries them again."),
    ),
)
