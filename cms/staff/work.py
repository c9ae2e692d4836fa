"""What waits for staff, safety first, then oldest first; each sees what is theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.staff.queue import members, money, site
from cms.staff.queue.waiting import SHOWN, Waiting, due_after
from marketplace.people.models import User


@dataclass(frozen=True, slots=True)
class Heap:
    """Things of one kind; `more` tells that not all of them are here."""

    title: str | Promise
    hint: str | Promise
    lines: list[Waiting]
    more: bool

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a heap comes from, and the right without which nobody sees it.

    `within` is how many days of both working weeks each may wait; None for ever.
    """

    permission: str
    title: str | Promise
    find: Callable[[AdminURLFinder], Iterable[Waiting]]
    hint: str | Promise = ""
    within: int | None = None


def heaps_for(user: User | AnonymousUser) -> list[Heap]:
    """The heaps this member of staff works on, empty ones included."""
    finder = AdminURLFinder(user)
    return [
        _heap(source, finder) for source in SOURCES if user.has_perm(source.permission)
    ]


def _heap(source: Source, finder: AdminURLFinder) -> Heap:
    lines = [_timed(line, source) for line in source.find(finder)]
    return Heap(source.title, source.hint, lines[:SHOWN], more=len(lines) > SHOWN)


def _timed(line: Waiting, source: Source) -> Waiting:
    if line.due is not None or source.within is None:
        return line
    return replace(line, due=due_after(line.since, source.within))


# Safety first, then what others cannot go on without, then what machines gave up.
SOURCES: tuple[Source, ...] = (
    Source(
        "introductions.change_concern",
        _("Reports of threads"),
        members.open_concerns,
        within=1,
    ),
    Source(
        "listings.change_report",
        _("Reports of readers"),
        members.open_reports,
        within=2,
    ),
    Source(
        "listings.change_removal",
        _("Second looks that owners ask for"),
        members.open_appeals,
        _("Whoever took a listing down does not answer."),
        within=3,
    ),
    Source(
        "introductions.view_introduction",
        _("Introductions held by a facilitator"),
        members.held_introductions,
    ),
    Source(
        "listings.change_listing",
        _("Listings waiting for review"),
        members.listings_to_review,
        _("Two read each listing, one of its own side and then one of the other."),
        within=3,
    ),
    Source(
        "listings.change_listing",
        _("Listings that others read next"),
        members.listings_with_others,
        _("Each names the side whose reviewers it waits for."),
        within=3,
    ),
    Source(
        "organisations.verify_organisation",
        _("Payments that wait for a verification"),
        money.payments_to_verify,
        within=2,
    ),
    Source(
        "organisations.verify_organisation",
        _("Organisations waiting for verification"),
        members.organisations_to_verify,
        within=5,
    ),
    Source(
        "payments.view_dispute",
        _("Payments a bank wants back"),
        money.disputes_to_answer,
    ),
    Source(
        "payments.view_discrepancy",
        _("Payments that do not agree"),
        money.matters_of_finance,
        within=3,
    ),
    Source(
        "payments.change_offlinepayment",
        _("Transfers waiting to be confirmed"),
        money.transfers_to_confirm,
        within=2,
    ),
    Source(
        "payments.change_refundrequest",
        _("Refunds waiting for a decision"),
        money.refunds_to_decide,
        within=3,
    ),
    Source(
        "payments.change_adjustment",
        _("Waivers waiting for a decision"),
        money.waivers_to_decide,
        within=5,
    ),
    Source(
        "payments.change_voucher",
        _("Vouchers waiting for a decision"),
        money.vouchers_to_issue,
        within=5,
    ),
    Source(
        "payments.view_stripeevent",
        _("Events from Stripe that were not understood"),
        money.failed_events,
        within=1,
    ),
    Source(
        "search.view_indexchange",
        _("Changes that did not reach the index"),
        site.dead_index_changes,
        _("“manage.py check_index --repair” tries them again."),
        within=1,
    ),
    Source(
        "search.view_indexchange",
        _("Search engines that differ from the listings"),
        site.engines_that_differ,
        _("“manage.py rebuild_index” fills them anew."),
        within=1,
    ),
    Source(
        "notices.view_outgoingmail",
        _("Mails that could not be sent"),
        site.dead_mails,
        _("“manage.py send_mail --retry” tries them again."),
        within=1,
    ),
    Source(
        "wagtail_localize.submit_translation",
        _("Pages with changes that are not public yet"),
        site.pages_with_changes,
    ),
)
