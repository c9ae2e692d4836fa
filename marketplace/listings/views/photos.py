"""Pictures of listings: the owner's page, and the bytes for those who may see."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.exceptions import DomainError
from marketplace.listings.actions import add_photo, remove_photo
from marketplace.listings.actions.photos import MOST_PHOTOS
from marketplace.listings.forms import PhotoForm
from marketplace.listings.models import Listing, ListingPhoto
from marketplace.listings.own import own_listing
from marketplace.listings.permissions import can_review
from marketplace.organisations.models import Organisation
from marketplace.organisations.stage import stage_between
from marketplace.organisations.stricter import choices_of
from marketplace.people.second_factor import may_act_as_staff
from marketplace.refusals import shows_refusals

from .lookups import acting_organisations, own_or_404

SIZES = ("small", "medium", "large")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def photos(request, public_id):
    listing = own_or_404(request, public_id)
    form = PhotoForm(
        *((request.POST, request.FILES) if request.method == "POST" else ())
    )
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
    own = Listing.objects.filter(organisation__in=acting_organisations(request.user))
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
    stored = getattr(_photo_for(request, public_id), size)
    response = FileResponse(stored.open("rb"), content_type="image/webp")
    response["Content-Disposition"] = 'inline; filename="photo.webp"'
    response["Cache-Control"] = "private, no-store"  # a withdrawal hides at once
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _photo_for(request, public_id):
    user = request.user
    photos = ListingPhoto.objects.select_related("listing__organisation")
    readable = photos.filter(listing__in=Listing.objects.readable_by(user))
    # One that waits for staff is to others, also by the clock, one that is not there.
    looked_at = Q(approved_at__isnull=False)
    if user.is_authenticated:
        looked_at |= Q(listing__organisation__in=Organisation.objects.of(user))
    found = readable.filter(looked_at, public_id=public_id).first()
    if found and (_is_shown(user, found) or _is_own(user, found.listing)):
        return found
    if user.is_authenticated and can_review(user) and may_act_as_staff(request):
        return get_object_or_404(photos, public_id=public_id)
    raise Http404


def _is_shown(user, photo):
    owner = photo.listing.organisation
    reached = stage_between(user, owner, photo.listing.public_id)
    opens = choices_of([owner]).stage(owner.pk, "listing", "photos")
    return photo.approved_at and reached >= opens


def _is_own(user, listing):
    own = Organisation.objects.filter(pk=listing.organisation_id)
    return user.is_authenticated and own.of(user).exists()
