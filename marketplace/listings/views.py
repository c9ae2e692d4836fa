"""Pages of listings: one's own, everybody's, and what is done with them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.exceptions import DomainError
from marketplace.organisations.audience import VIEWERS, table
from marketplace.organisations.faces import stage_of
from marketplace.organisations.meeting import may_meet
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import ACTING
from marketplace.organisations.stages import Stage
from marketplace.refusals import shows_refusals

from .actions import (
    add_photo,
    remove_photo,
    renew_listing,
    report_listing,
    save_draft,
    submit_listing,
    withdraw_listing,
)
from .actions.photos import MOST_PHOTOS
from .faces import face_of
from .forms import ListingForm, PhotoForm, ReportForm
from .models import Listing, ListingPhoto
from .own import own_listing, own_listings

SIZES = ("small", "medium", "large")
ADD_ROW = "add_row"


def _acting_organisations(user):
    return Organisation.objects.filter(
        memberships__user=user, memberships__role__in=ACTING
    ).order_by("alias")


def _own_or_404(request, public_id):
    """A listing this person writes for; foreign and missing answer alike."""
    listings = Listing.objects.filter(
        organisation__in=_acting_organisations(request.user)
    )
    return get_object_or_404(
        listings.select_related("organisation"), public_id=public_id
    )


@login_required
@require_safe
def mine(request):
    listings = Listing.objects.owned_by(request.user).select_related("organisation")
    shown = own_listings(listings.order_by("-created_at", "-pk"))
    organisations = _acting_organisations(request.user).exists()
    context = {"listings": shown, "has_organisation": organisations}
    return render(request, "listings/mine.html", context)


@require_safe
def detail(request, public_id):
    readable = Listing.objects.readable_by(request.user).with_face_parts()
    listing = get_object_or_404(readable, public_id=public_id)
    face = face_of(listing, request.user)
    context = {
        "face": face,
        "own": own_listing(listing) if face.is_own else None,
        "may_ask": not face.is_own and _may_ask(request.user, listing),
    }
    return render(request, "listings/detail.html", context)


def _may_ask(user, listing):
    if not user.is_authenticated:
        return False
    organisations = _acting_organisations(user)
    return any(may_meet(each, listing.organisation) for each in organisations)


# -- writing ---------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def create(request):
    organisations = list(_acting_organisations(request.user))
    if not organisations:
        return render(request, "listings/no_organisation.html")
    language = (get_language() or "en")[:2]
    blank = Listing(written_in=language, languages=[language])
    return _write(request, blank, organisations)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def edit(request, public_id):
    listing = _own_or_404(request, public_id)
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
        return render(request, "listings/form.html", context)
    if request.POST.get(ADD_ROW):
        form.without_errors()
        return render(request, "listings/form.html", context)
    if not form.is_valid():
        return render(request, "listings/form.html", context, status=422)
    listing = save_draft(form.save(), by=request.user)
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
    data[f"{block}-TOTAL_FORMS"] = str(int(total) + 1) if total.isdigit() else "1"
    return data


# -- what happens to it ------------------------------------------------------------


@login_required
@require_POST
@shows_refusals
def submit(request, public_id):
    listing = _own_or_404(request, public_id)
    submit_listing(listing, by=request.user)
    messages.success(request, _("Sent. Staff read it within three working days."))
    return redirect(listing)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def withdraw(request, public_id):
    listing = _own_or_404(request, public_id)
    if request.method != "POST":
        return render(request, "listings/withdraw.html", {"own": own_listing(listing)})
    withdraw_listing(listing, by=request.user)
    messages.success(request, _("Withdrawn. Nobody else sees it any more."))
    return redirect("listings:mine")


@login_required
@require_POST
@shows_refusals
def renew(request, public_id):
    listing = renew_listing(_own_or_404(request, public_id), by=request.user)
    messages.success(request, _("Renewed for six months."))
    return redirect(listing)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def report(request, public_id):
    visible = Listing.objects.visible_to(request.user).with_face_parts()
    listing = get_object_or_404(visible, public_id=public_id)
    form = ReportForm(request.POST or None)
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


# -- photos ------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def photos(request, public_id):
    listing = _own_or_404(request, public_id)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _took(form, listing, request):
        messages.success(request, _("Added. Others see it once staff have looked."))
        return redirect("listings:photos", listing.public_id)
    own, pictures = own_listing(listing), list(listing.photos.all())
    some_wait = any(picture.approved_at is None for picture in pictures)
    context = {
        "form": form,
        "own": own,
        "photos": pictures,
        "most": MOST_PHOTOS,
        "may_submit": own.can_submit or (some_wait and not own.edit_in_review),
    }
    status = 422 if form.is_bound else 200
    return render(request, "listings/photos.html", context, status=status)


def _took(form, listing, request):
    upload = form.cleaned_data["photo"]
    description = form.cleaned_data["description"]
    try:
        add_photo(
            listing, upload, name=upload.name, by=request.user, description=description
        )
    except DomainError as refusal:
        form.add_error("photo", refusal.user_message)
        return False
    return True


@login_required
@require_POST
@shows_refusals
def drop_photo(request, public_id):
    own = Listing.objects.filter(organisation__in=_acting_organisations(request.user))
    photos = ListingPhoto.objects.filter(listing__in=own).select_related("listing")
    photo = get_object_or_404(photos, public_id=public_id)
    remove_photo(photo, by=request.user)
    messages.success(request, _("The photo is gone."))
    return redirect("listings:photos", photo.listing.public_id)


@require_safe
def photo(request, public_id, size):
    """The bytes of one rendition, for those who may see it; the same 404 else."""
    if size not in SIZES:
        raise Http404
    found = _photo_for(request.user, public_id)
    tag = f'"{found.public_id.hex}-{size}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        stored = getattr(found, size)
        response = FileResponse(stored.open("rb"), content_type="image/webp")
        response["Content-Disposition"] = 'inline; filename="photo.webp"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _photo_for(user, public_id):
    readable = ListingPhoto.objects.filter(
        public_id=public_id, listing__in=Listing.objects.readable_by(user)
    )
    found = get_object_or_404(readable.select_related("listing__organisation"))
    reached = Stage.MEMBER if user.is_authenticated else Stage.PUBLIC
    is_shown = found.approved_at and reached >= stage_of("listing", "photos")
    if is_shown or (user.is_authenticated and _is_own(user, found.listing)):
        return found
    raise Http404


def _is_own(user, listing):
    return Organisation.objects.of(user).filter(pk=listing.organisation_id).exists()


@require_safe
def who_sees_what(request):
    """The table of all fields, made from what the faces are made from."""
    context = {
        "parts": table(),
        "viewers": VIEWERS.values(),
        "own_url": reverse("listings:mine"),
    }
    return render(request, "listings/who_sees_what.html", context)
