"""Pages of listings: one's own, everybody's, and what is done with them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.listings.actions import (
    renew_listing,
    report_listing,
    save_draft,
    submit_listing,
    withdraw_listing,
)
from marketplace.listings.faces import face_at, face_of, faces_from, standing_towards
from marketplace.listings.forms import ListingForm, ReportForm
from marketplace.listings.giveaways import giveaways_in
from marketplace.listings.models import Listing
from marketplace.listings.next_steps import next_step, requests_about
from marketplace.listings.own import own_listing, own_listings
from marketplace.listings.removal_faces import removal_face
from marketplace.organisations.audience import RUNGS, table
from marketplace.organisations.meeting import may_meet
from marketplace.organisations.models import Entitlement
from marketplace.organisations.views.showing import stage_called
from marketplace.people.once import once
from marketplace.refusals import shows_refusals

from .lookups import acting_organisations, own_or_404

ADD_ROW = "add_row"
LOOKED = "looked"  # the writer has seen what the words give away, and means them


@login_required
@require_safe
def mine(request):
    listings = Listing.objects.owned_by(request.user).select_related("organisation")
    shown = own_listings(listings.order_by("-created_at", "-pk"))
    organisations = acting_organisations(request.user).exists()
    context = {"listings": shown, "has_organisation": organisations}
    return render(request, "listings/mine.html", context)


@require_safe
def detail(request, public_id):
    readable = Listing.objects.readable_by(request.user).with_face_parts()
    listing = get_object_or_404(readable, public_id=public_id)
    standing = standing_towards([listing], request.user)
    face = faces_from([listing], standing)[0]
    context = {
        "face": face,
        "own": own_listing(listing) if face.is_own else None,
        "removal": removal_face(listing, request.user) if face.is_own else None,
        **_next(request.user, listing, standing),
    }
    return render(request, "listings/detail.html", context)


def _next(user, listing, standing):
    """The reader's next step; before anybody writes in vain, whether two may meet.

    That much the page with the request says to every member, and no more.
    """
    is_other = user.is_authenticated and listing.organisation_id not in standing.own
    asked = requests_about(user, listing) if is_other else {}
    context = {
        "step": next_step(standing, listing.organisation_id, has_asked=bool(asked)),
        "asked": next(iter(asked.values()), ""),
    }
    if is_other and standing.acts_for:
        meeting = {
            each.pk
            for each in acting_organisations(user)
            if may_meet(each, listing.organisation)
        }
        context["may_ask"] = bool(meeting - asked.keys())
        # Only who holds an investor seat learns that an interest can be noted here.
        if meeting and listing.kind == Listing.Kind.INVESTMENT:
            context["has_seat"] = Entitlement.objects.seats_of(user).exists()
    return context


@login_required
@require_safe
def view_as(request, public_id, rung):
    """The listing as somebody at one rung sees it."""
    own = Listing.objects.owned_by(request.user).with_face_parts()
    listing = get_object_or_404(own, public_id=public_id)
    context = {
        "face": face_at(listing, stage_called(rung)),
        "rungs": RUNGS,
        "rung": rung,
    }
    return render(request, "listings/detail.html", context)


# -- writing ---------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
@once
def create(request):
    organisations = list(acting_organisations(request.user))
    if not organisations:
        return render(request, "listings/no_organisation.html")
    language = (get_language() or "en")[:2]
    blank = Listing(written_in=language, languages=[language])
    return _write(request, blank, organisations)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def edit(request, public_id):
    listing = own_or_404(request, public_id)
    draft = listing.get_latest_revision_as_object()
    return _write(request, draft, [listing.organisation], own=own_listing(listing))


def _write(request, draft, organisations, own=None):
    form = ListingForm(
        _with_one_more_row(request.POST) if request.method == "POST" else None,
        instance=draft,
        organisations=organisations,
    )
    context = {"form": form, "own": own, "add_row": ADD_ROW}
    if request.method != "POST":
        if draft.pk is not None:
            context["giveaways"] = giveaways_in(draft)
        return render(request, "listings/form.html", context)
    if block := request.POST.get(ADD_ROW):
        form.without_errors().focus_last_row(block)
        return render(request, "listings/form.html", context)
    if not form.is_valid():
        return render(request, "listings/form.html", context, status=422)
    written = form.save()
    if "submit" in request.POST and LOOKED not in request.POST:
        context["giveaways"] = giveaways_in(written)
        if context["giveaways"]:
            return render(request, "listings/form.html", context, status=422)
    listing = save_draft(written, by=request.user)
    if "submit" in request.POST:
        submit_listing(listing, by=request.user)
        messages.success(request, _("Sent. Staff read it within three working days."))
        return redirect(listing)
    messages.success(request, _("Your draft is kept."))
    return redirect("listings:edit", listing.public_id)


def _with_one_more_row(data):
    """The posted values; where a row was asked for, with one more empty row."""
    block = data.get(ADD_ROW)
    if block not in ("brings", "needs"):
        return data
    data = data.copy()
    total = data.get(f"{block}-TOTAL_FORMS", "")
    is_count = total.isdecimal() and len(total) < 4
    data[f"{block}-TOTAL_FORMS"] = str(int(total) + 1) if is_count else "1"
    return data


# -- what happens to it ------------------------------------------------------------


@login_required
@require_POST
@shows_refusals
def submit(request, public_id):
    listing = own_or_404(request, public_id)
    if giveaways_in(listing.get_latest_revision_as_object()):
        messages.warning(
            request, _("Look at the words marked below before staff read them.")
        )
        return redirect("listings:edit", listing.public_id)
    submit_listing(listing, by=request.user)
    messages.success(request, _("Sent. Staff read it within three working days."))
    return redirect(listing)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def withdraw(request, public_id):
    listing = own_or_404(request, public_id)
    if request.method != "POST":
        return render(request, "listings/withdraw.html", {"own": own_listing(listing)})
    withdraw_listing(listing, by=request.user)
    messages.success(request, _("Withdrawn. Nobody else sees it any more."))
    return redirect("listings:mine")


@login_required
@require_POST
@shows_refusals
def renew(request, public_id):
    listing = renew_listing(own_or_404(request, public_id), by=request.user)
    messages.success(request, _("Renewed for six months."))
    return redirect(listing)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
@once
def report(request, public_id):
    visible = Listing.objects.visible_to(request.user).with_face_parts()
    listing = get_object_or_404(visible, public_id=public_id)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        report_listing(
            listing, because=words["reason"], note=words["note"], by=request.user
        )
        messages.success(
            request,
            _("Thank you. Staff look at it, and you will hear what came of it."),
        )
        return redirect(listing)
    context = {"form": form, "face": face_of(listing, request.user)}
    status = 422 if form.is_bound else 200
    return render(request, "listings/report.html", context, status=status)


@require_safe
def who_sees_what(request):
    """The table of all fields, made from what the faces are made from."""
    context = {
        "parts": table(),
        "rungs": [label for _slug, label in RUNGS],
        "own_url": reverse("listings:mine"),
    }
    return render(request, "listings/who_sees_what.html", context)
