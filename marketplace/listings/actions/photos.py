"""Pictures come to a listing and go."""

import uuid
from functools import partial
from typing import IO

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.listings.models import Listing, ListingPhoto
from marketplace.listings.permissions import can_edit
from marketplace.listings.signals import listing_changed
from marketplace.people.models import User
from marketplace.photos import Rendition, clean_photo, photo_storage
from marketplace.refusals import require

MOST_PHOTOS = 6


class TooManyPhotos(DomainError):
    user_message = _("A listing holds six photos. Remove one first.")


def add_photo(
    listing: Listing, upload: IO[bytes], *, name: str, by: User, description: str = ""
) -> ListingPhoto:
    """The owner shows something; others see it once staff have looked.

    Raises `PhotoRefused` for what is no picture. Decoding happens before the rows are
    locked, because it may take seconds.
    """
    require(can_edit(by, listing))
    return _keep(listing, clean_photo(upload, name), by=by, description=description)


@transaction.atomic
def _keep(
    listing: Listing, renditions: tuple[Rendition, ...], *, by: User, description: str
) -> ListingPhoto:
    listing = Listing.objects.locked(listing.pk)
    if same := _same_picture(listing, renditions):
        return same
    if listing.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos
    small, _medium, large = renditions
    stored: list[str] = []
    try:
        for rendition in renditions:
            stored.append(photo_storage().store(rendition))
        photo = ListingPhoto.objects.create(
            listing=listing,
            public_id=uuid.uuid4(),
            small=stored[0],
            medium=stored[1],
            large=stored[2],
            small_width=small.width,
            small_height=small.height,
            width=large.width,
            height=large.height,
            description=description,
        )
        log(listing, "listings.add_photo", user=by)
    except BaseException:
        _delete(stored)  # a full disk or a lost row leaves no file behind
        raise
    return photo


def _same_picture(
    listing: Listing, renditions: tuple[Rendition, ...]
) -> ListingPhoto | None:
    """The photo of this listing with the same bytes: a form that was sent twice."""
    small = renditions[0]
    for photo in listing.photos.filter(
        small_width=small.width, small_height=small.height
    ):
        with photo.small.open("rb") as stored:
            if stored.read() == small.data:
                return photo
    return None


@transaction.atomic
def remove_photo(photo: ListingPhoto, *, by: User) -> None:
    """The owner takes a picture back; nobody sees it from this moment on."""
    listing = Listing.objects.locked(photo.listing_id)
    require(can_edit(by, listing))
    names = [str(file.name) for file in (photo.small, photo.medium, photo.large)]
    was_seen = listing.live and photo.approved_at is not None
    photo.delete()
    log(listing, "listings.remove_photo", user=by)
    transaction.on_commit(partial(_delete, names))
    if was_seen:
        listing.version += 1
        listing.save(update_fields=["version"])
        listing_changed.send(sender=Listing, listing=listing)


def _delete(names: list[str]) -> None:
    for name in names:
        photo_storage().delete(name)
