"""How listings are read: who finds which of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import WorkflowState

from marketplace.organisations.apart import apart_from
from marketplace.organisations.models import Membership
from marketplace.people.models import User
from marketplace.prepared import Among, Rule

if TYPE_CHECKING:
    from .listing import Listing

Viewer = User | AnonymousUser | None


def named(listing: str = "") -> Q:
    """Whose it is shows to anyone: neither hidden nor under a name of its own.

    ``listing`` leads there from another table, as in ``"listing__"``.
    """
    return Q(**{f"{listing}anonymous": False, f"{listing}alias": ""})


def _is_live(model: "type[Listing]", now: datetime) -> Q:
    lasts = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    return Q(live=True, withdrawn_at__isnull=True) & lasts


def _is_found(model: "type[Listing]", now: datetime, user: int) -> Q:
    """Live, and of nobody whom the reader's side keeps apart from or is kept apart by."""
    apart = apart_from(user)
    blocked = Q(organisation__in=apart.blocked)
    blocked |= Q(organisation__in=apart.blocking)
    own = Membership.objects.filter(user=user).values("organisation")
    in_sectors = model.sectors.through.objects.filter(sector__in=apart.sectors)
    return _is_live(model, now) & ~(
        (named() & blocked)
        | (Q(public_id__in=apart.aliases) & ~Q(organisation__in=own))
        | Q(place__in=apart.places)
        | Q(pk__in=in_sectors.values("listing"))
    )


LIVE = Rule(_is_live, {"now": datetime})
FOUND = Rule(_is_found, {"now": datetime, "user": int})


class ListingQuerySet(models.QuerySet["Listing"]):
    def live(self) -> Self:
        """Approved, not withdrawn, not run out."""
        return self.filter(LIVE(now=timezone.now()))

    def among(self, keys: Iterable[int]) -> Self:
        """Those of these keys, be they hundreds."""
        return self.filter(Among(keys))

    def named(self) -> Self:
        """Those that show the alias of their organisation."""
        return self.filter(named())

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
        return self.filter(FOUND(now=timezone.now(), user=viewer.pk))

    def readable_by(self, viewer: Viewer) -> Self:
        """What this reader may open: what anybody finds, and everything of one's own."""
        found = self.visible_to(viewer)
        if viewer is None or not viewer.is_authenticated:
            return found
        own = Membership.objects.filter(user=viewer).values("organisation")
        return self.filter(Q(pk__in=found.values("pk")) | Q(organisation__in=own))

    def with_review(self) -> Self:
        """With the status of the review that is open, empty where none is."""
        reviews = WorkflowState.objects.active().filter(
            base_content_type=ContentType.objects.get_for_model(self.model),
            object_id=Cast(OuterRef("pk"), CharField()),
        )
        return self.annotate(review_status=Subquery(reviews.values("status")[:1]))

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
