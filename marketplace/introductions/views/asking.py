"""Pages on which one side asks another to meet, and sees what it asked."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import ListView

from marketplace.exceptions import DomainError
from marketplace.introductions.actions import (
    ask_introduction,
    discard_draft,
    save_draft,
    withdraw_introduction,
)
from marketplace.introductions.drafts import (
    draft_line,
    draft_wording_face,
    helped_drafts,
)
from marketplace.introductions.forms import AskForm
from marketplace.introductions.lines import introduction_line
from marketplace.introductions.models import STANDING, WAITING, Introduction, Pause
from marketplace.introductions.permissions import can_ask
from marketplace.introductions.unread import unread_messages
from marketplace.listings.faces import face_of as listing_face
from marketplace.listings.models import Listing
from marketplace.organisations.faces import face_of
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import can_act_for
from marketplace.organisations.stages import Stage
from marketplace.refusals import shows_refusals

from .lookups import own_or_404

DRAFT, ACCEPTED = Introduction.Status.DRAFT, Introduction.Status.ACCEPTED


class IntroductionListView(LoginRequiredMixin, ListView):
    template_name = "introductions/list.html"
    paginate_by = 20

    def get_queryset(self):
        rows = Introduction.objects.involving(self.request.user).with_parties()
        return rows.exclude(status=DRAFT)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        acts = set(Organisation.objects.of(user).values_list("pk", flat=True))
        rows = list(context["object_list"])
        unread = unread_messages(user, rows)
        context["lines"] = [
            introduction_line(
                row,
                _own_side(row, acts, user),
                unread.get(row.public_id, 0),
                is_helping=not acts & {row.asker_id, row.asked_id},
            )
            for row in rows
        ]
        drafts = Introduction.objects.drafts_of(user).select_related("listing")
        pauses = Pause.objects.live().filter(organisation__in=acts)
        context["pauses"] = pauses.select_related("listing", "organisation")
        context["drafts"] = [draft_line(row) for row in drafts]
        context["helped"] = helped_drafts(user)
        return context


def _own_side(row, acts, user):
    """Without a query for one's own organisations; by the mandate for a client's."""
    if row.asker_id in acts:
        return row.asker
    return row.asked if row.asked_id in acts else row.side_of(user)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, public_id):
    listing = get_object_or_404(
        Listing.objects.visible_to(request.user).select_related("organisation"),
        public_id=public_id,
    )
    mine = list(Organisation.objects.of(request.user))
    askers = [row for row in mine if can_ask(request.user, listing, row)]
    if not askers:
        return _cannot(request, listing, mine)
    if request.method != "POST" and (running := _running(listing, askers)):
        messages.info(request, _("You have already asked about this listing."))
        return redirect(running)
    draft = Introduction.objects.drafts_of(request.user).filter(listing=listing).first()
    form = AskForm(
        request.POST or None,
        initial=AskForm.initial_of(draft),
        organisations=Organisation.objects.filter(pk__in=[row.pk for row in askers]),
        listings=Listing.objects.live().filter(organisation__in=askers),
    )
    if request.method == "POST" and {"keep", "help"} & set(request.POST):
        return _keep(request, listing, form, askers)
    sent = _send(request, listing, form) if request.method == "POST" else None
    if sent is not None:
        messages.success(request, _("Your request is on its way."))
        return redirect(sent)
    context = {
        "form": form,
        "listing": listing_face(listing, request.user),
        "shown": face_of(askers[0], Stage.INTERESTED),
        "draft": draft,
        "wording": draft_wording_face(draft),
        "life_days": settings.INTRODUCTION_LIFE_DAYS,
    }
    return render(
        request, "introductions/ask.html", context, status=422 if form.errors else 200
    )


def _cannot(request, listing, mine):
    """Why nobody can ask here: each from what the reader knows, or the one rule."""
    if listing.organisation in mine:
        return redirect(listing)
    context = {
        "has_any": bool(mine),
        "acts": any(can_act_for(request.user, each) for each in mine),
    }
    status = 200 if request.method != "POST" else 403
    return render(request, "introductions/cannot_ask.html", context, status=status)


def _running(listing, askers):
    """The newest introduction about a listing, once no asker is left without one."""
    rows = Introduction.objects.filter(
        STANDING, listing=listing, asker__in=askers, status__in=(*WAITING, ACCEPTED)
    )
    return rows.first() if rows.count() == len(askers) else None


def _send(request, listing, form):
    """The request that was sent; the same one for a second click; None if refused."""
    if not form.is_valid():
        return None
    try:
        return ask_introduction(listing, by=request.user, **form.cleaned_data)
    except DomainError as refusal:
        open_one = Introduction.objects.filter(
            listing=listing, asker=form.cleaned_data["asker"], status__in=WAITING
        ).first()
        if open_one is None:
            form.add_error(None, refusal.user_message)
        return open_one


def _keep(request, listing, form, askers):
    written = form.draft()
    written["asker"] = written["asker"] or askers[0]
    draft = save_draft(listing, by=request.user, **written)
    if "help" in request.POST:
        return redirect("introductions:mandate", draft.public_id)
    messages.success(request, _("Your draft is kept. Nobody else sees it."))
    return redirect("introductions:ask", listing.public_id)


@login_required
@require_POST
@shows_refusals
def discard(request, public_id):
    discard_draft(own_or_404(request, public_id), by=request.user)
    messages.success(request, _("The draft is thrown away."))
    return redirect("introductions:list")


@login_required
@require_POST
@shows_refusals
def withdraw(request, public_id):
    introduction = withdraw_introduction(
        own_or_404(request, public_id), by=request.user
    )
    messages.success(request, _("Your request has been taken back."))
    return redirect(introduction)
