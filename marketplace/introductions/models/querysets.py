"""How introductions are read: by whom, and how far they have come."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from marketplace.facilitation.models import Act, Delegation
from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .consents import StageConsent

if TYPE_CHECKING:
    from .introduction import Introduction

DRAFT, ASKED, QUESTION, HELD, ACCEPTED = (
    "draft",
    "asked",
    "question",
    "held",
    "accepted",
)
WAITING: Collection[str] = (ASKED, QUESTION, HELD)
# What has reached the side that was asked, and was not blocked by it.
ARRIVED = ~Q(status=DRAFT) & Q(silenced_at__isnull=True) & ~Q(left_by=F("asked"))
# Not ended for its asker's side alone, which has blocked the other.
STANDING = ~Q(left_by=F("asker"))


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def involving(self, user: User) -> Self:
        """Those of one's own organisations, and those one facilitates.

        Drafts are the asker's alone. Whose own people are on one side, to them a mandate
        of the other opens nothing.
        """
        own = Organisation.objects.of(user)
        held = Delegation.objects.held_by(user)
        as_asker = held.filter(
            organisation=OuterRef("asker"), about=OuterRef("public_id")
        )
        as_asked = held.filter(
            organisation=OuterRef("asked"), about=OuterRef("public_id")
        )
        return self.filter(
            (Q(asker__in=own) & STANDING)
            | (Q(asked__in=own) & ARRIVED)
            | (Exists(as_asker) & ~Q(asked__in=own))
            | (Exists(as_asked) & ARRIVED & ~Q(asker__in=own))
        )

    def drafts_of(self, user: User) -> Self:
        """What this person's organisations began to write, about what still stands."""
        return self.filter(
            status=DRAFT,
            asker__in=Organisation.objects.of(user),
            listing__in=Listing.objects.visible_to(user).values("pk"),
        )

    def sent_for(self, user: User) -> Self:
        """Requests of one's own organisations that wait or were accepted.

        One that never arrived waits like any other.
        """
        own = Organisation.objects.of(user)
        return self.filter(STANDING, asker__in=own, status__in=(*WAITING, ACCEPTED))

    def written_for_by(self, user: User) -> Self:
        """Drafts of clients in which this facilitator may write, about what stands."""
        held = Delegation.objects.held_by(user)
        about = {"about": OuterRef("public_id"), "organisation": OuterRef("asker")}
        return self.filter(
            Exists(held.filter(act__in=(Act.DRAFT, Act.SOFTEN), **about)),
            status=DRAFT,
            listing__in=Listing.objects.visible_to(user).values("pk"),
        ).exclude(asked__in=Organisation.objects.of(user))

    def awaiting_reply(self) -> Self:
        """Asked and not ended: somebody on one of the sides is to write."""
        return self.filter(status__in=WAITING)

    def between(self, one: Organisation, other: Organisation) -> Self:
        return self.filter(asker__in=(one, other), asked__in=(one, other))

    def of_organisation(self, organisation: Organisation) -> Self:
        return self.filter(Q(asker=organisation) | Q(asked=organisation))

    def known(self) -> Self:
        """Both sides know each other's people: both have agreed to every step."""
        return self.reaching(Stage.PERSON)

    def reaching(self, stage: Stage) -> Self:
        """Accepted, and agreed by both at least up to a stage."""
        given = StageConsent.objects.live().filter(
            introduction=OuterRef("pk"), stage__gte=stage
        )
        return self.filter(
            Exists(given.filter(organisation=OuterRef("asker"))),
            Exists(given.filter(organisation=OuterRef("asked"))),
            status=ACCEPTED,
        )

    def overdue(self) -> Self:
        """Their time is over; a hold ends by going back, not by running out."""
        waiting = self.awaiting_reply().exclude(status=HELD)
        return waiting.filter(expires_at__lte=timezone.now())

    def to_part(self) -> Self:
        """Left by one side, and due to end for the other too."""
        return self.filter(parts_at__lte=timezone.now())

    def held_too_long(self) -> Self:
        held = self.filter(status=HELD)
        return held.filter(expires_at__lte=timezone.now())

    def locked(self, pk: int) -> "Introduction":
        rows = self.select_related("asker", "asked", "listing")
        return rows.select_for_update(of=("self",)).get(pk=pk)

    def with_parties(self) -> Self:
        return self.select_related(
            "asker__place", "asked__place", "listing__organisation", "own_listing"
        ).prefetch_related("consents")
