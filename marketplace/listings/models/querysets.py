"""How listings are read: who finds which of them."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from marketplace.organisations.apart import apart_from
from marketplace.organisations.models import Membership
from marketplace.people.models import User

if TYPE_CHECKING:
    from .listing import Listing

Viewer = User | AnonymousUser | None
# Whose it is shows to anyone: neither hidden nor under a name of its own.
NAMED = Q(anonymous=False, alias="")


class ListingQuerySet(models.QuerySet["Listing"]):
    def live(self) -> Self:
        """Approved, not withdrawn, not run out."""
        return self.filter(live=True, withdrawn_at__isnull=True).filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        )

    def hidden(self) -> Self:
        """Those that do not show whose they are."""
        return self.exclude(NAMED)

    def named(self) -> Self:
        """Those that show the alias of their organisation."""
        return self.filter(NAMED)

    def named_of(self, organisation: int) -> Self:
        return self.named().filter(organisation=organisation)

    def owned_by(self, user: User) -> Self:
        """Of the organisations this person acts for."""
        return self.filter(organisation__memberships__user=user)

    def visible_to(self, viewer: Viewer) -> Self:
        """What this person, or an anonymous reader, may find: live listings only.

        Faces decide which fields. A member finds no listing of an organisation that
        blocked it or that it blocked, nor of areas and sectors it avoids; hidden
        listings go only where the two had met over them.
        """
        if viewer is None or not viewer.is_authenticated:
            return self.live()
        apart = apart_from(viewer)
        blocked = Q(organisation__in=apart.blocked)
        blocked |= Q(organisation__in=apart.blocking)
        in_sectors = self.model.sectors.through.objects.filter(sector__in=apart.sectors)
        return self.live().exclude(
            (NAMED & blocked)
            | Q(public_id__in=apart.aliases)
            | Q(place__in=apart.places)
            | Q(pk__in=in_sectors.values("listing"))
        )

    def readable_by(self, viewer: Viewer) -> Self:
        """What this reader may open: what anybody finds, and everything of one's own."""
        found = self.visible_to(viewer)
        if viewer is None or not viewer.is_authenticated:
            return found
        own = Membership.objects.filter(user=viewer).values("organisation")
        return self.filter(Q(pk__in=found.values("pk")) | Q(organisation__in=own))

    def in_sector(self, code: str) -> Self:
        return self.filter(sectors__code__startswith=code)

    def due(self) -> Self:
        """Still public by its mark, but its time is over."""
        return self.filter(live=True, expires_at__lte=timezone.now())

    def with_face_parts(self) -> Self:
        """With the rows that every face reads, in the same query."""
        return self.select_related("organisation", "place", "organisation__place")

    def locked(self, pk: int) -> "Listing":
        return self.select_for_update().get(pk=pk)
