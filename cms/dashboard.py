"""A member's start: what waits for an answer, and how one's own affairs stand."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from marketplace.introductions.waiting import WaitingLine, waiting_lines
from marketplace.listings.models import Listing
from marketplace.listings.own import OwnListing, own_listings
from marketplace.meetings.waiting import AheadLine, MeetingLine, meeting_lines
from marketplace.notices.faces import NoticeFace
from marketplace.notices.faces import faces_of as notice_faces
from marketplace.notices.models import Notice
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.permissions import ACTING
from marketplace.people.models import User
from marketplace.ventures.waiting import SigningLine, signing_lines
from payments.waiting import DueLine, due_lines
from search.newest import MatchLine, newest_matches

# Lines of a panel; the page behind it has the rest.
SHOWN = 5
STATUS_KINDS = {
    Organisation.Verification.PENDING: "wait",
    Organisation.Verification.VERIFIED: "ok",
}


@dataclass(frozen=True, slots=True)
class OwnOrganisation:
    """An organisation of the member's own, and whether staff have verified it."""

    url: str
    alias: str
    state_label: str
    status_kind: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the start page shows, as faces; at most nine queries."""

    organisations: list[OwnOrganisation]
    listings: list[OwnListing]
    matches: list[MatchLine]
    to_answer: list[WaitingLine]
    asked: list[WaitingLine]
    to_meet: list[MeetingLine]
    ahead: list[AheadLine]
    to_sign: list[SigningLine]
    due: list[DueLine]
    notices: list[NoticeFace]
    may_act: bool

    @property
    def nothing_waits(self) -> bool:
        return not (self.to_answer or self.to_meet or self.to_sign or self.due)


def overview_of(user: User) -> Overview:
    """How everything of this member stands."""
    memberships = list(
        Membership.objects.filter(user=user)
        .select_related("organisation")
        .order_by("pk")
    )
    own = {row.organisation_id for row in memberships}
    acting = {row.organisation_id for row in memberships if row.role in ACTING}
    requests = waiting_lines(acting, limit=4 * SHOWN)
    meetings = meeting_lines(user, own, acting, SHOWN)
    return Overview(
        organisations=[_own_organisation(row.organisation) for row in memberships],
        listings=_listings(own),
        matches=newest_matches(user, own, SHOWN),
        to_answer=[line for line in requests if line.is_own_turn][:SHOWN],
        asked=[line for line in requests if not line.is_own_turn][:SHOWN],
        to_meet=meetings.waiting,
        ahead=meetings.ahead,
        to_sign=signing_lines(user, acting, SHOWN),
        due=due_lines(acting, SHOWN),
        notices=_notices(user),
        may_act=bool(acting),
    )


def _own_organisation(organisation: Organisation) -> OwnOrganisation:
    state = organisation.verification_state
    return OwnOrganisation(
        url=organisation.get_absolute_url(),
        alias=organisation.alias,
        state_label=str(organisation.get_verification_state_display()),
        status_kind=STATUS_KINDS.get(Organisation.Verification(state), "stop"),
    )


def _listings(organisations: Collection[int]) -> list[OwnListing]:
    if not organisations:
        return []
    own = Listing.objects.filter(organisation__in=organisations)
    newest = own.order_by("-created_at", "-pk")
    # Their keys first: a database would sort all texts of whoever has thousands.
    rows = newest.filter(pk__in=newest.values("pk")[:SHOWN]).with_review()
    return own_listings(rows.select_related("organisation"), with_reasons=False)


def _notices(user: User) -> list[NoticeFace]:
    unread = Notice.objects.to(user).unread()[:SHOWN]
    language = get_language() or "en"
    return notice_faces(unread, user, language)


@login_required
@require_safe
def dashboard(request):
    return render(request, "dashboard.html", {"overview": overview_of(request.user)})
