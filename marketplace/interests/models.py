"""The interest of one organisation in one investment sought, and what is counted."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import ACTING
from marketplace.people.models import User

NONE = ""


class Level(models.TextChoices):
    """How near an investor stands; each rung says more than the one before."""

    OBSERVING = "observing", _("observing")
    CONSIDERING = "considering", _("considering")
    SOFT = "soft", _("soft interest")
    COMMITTED = "committed", _("committed")


class InterestQuerySet(models.QuerySet["Interest"]):
    def of(self, user: User) -> Self:
        """Of the organisations this person acts for."""
        own = user.memberships.filter(role__in=ACTING).values("organisation")
        return self.filter(organisation__in=own)

    def standing(self) -> Self:
        """Not taken back."""
        return self.exclude(level=NONE)

    def in_order(self) -> Self:
        """As all who change several of them lock them."""
        return self.select_for_update().order_by("pk")

    def counted(self, listing: Listing) -> dict[str, int]:
        """How many organisations stand on each rung, as last counted."""
        rows = self.filter(listing=listing).exclude(counted_level=NONE)
        counts = rows.values("counted_level").annotate(n=Count("pk")).order_by()
        return dict(counts.values_list("counted_level", "n"))


class Interest(models.Model):
    """What one organisation says of its interest, to itself and to nobody else.

    ``level`` is empty once it is taken back. ``due_level`` is what should be counted
    (nothing without a seat), ``due_since`` the moment it became so. ``counted_level``
    is what stands in the counts the founder reads; it follows later, together with
    that of others.
    """

    Level = Level

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    listing = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="interests"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="interests"
    )
    level = models.CharField(max_length=11, choices=Level.choices, blank=True)
    due_level = models.CharField(
        max_length=11, choices=Level.choices, blank=True, editable=False
    )
    due_since = models.DateTimeField(default=timezone.now, editable=False)
    counted_level = models.CharField(
        max_length=11, choices=Level.choices, blank=True, editable=False
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    set_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest of an investor")
        verbose_name_plural = _("interests of investors")
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "organisation"],
                name="one_interest_an_organisation",
                violation_error_message=_("This organisation has said so already."),
            ),
            models.CheckConstraint(
                condition=Q(level__in=[NONE, *Level.values])
                & Q(due_level__in=[NONE, *Level.values])
                & Q(counted_level__in=[NONE, *Level.values]),
                name="interest_on_a_known_rung",
                violation_error_message=_("There is no such rung."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_waiting(self) -> bool:
        """Whether the counts do not say yet what is due."""
        return self.due_level != self.counted_level

    @property
    def is_nothing(self) -> bool:
        """Whether it says nothing, and nothing of it is counted."""
        return not self.level and not self.counted_level
