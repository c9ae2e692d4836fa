"""A listing that staff took down: why, what its owner says to it, and the second look."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation
from marketplace.people.models import User

from .listing import Listing
from .review import ReviewReason


class RemovalQuerySet(models.QuerySet["Removal"]):
    def standing(self) -> Self:
        """Those that keep a listing hidden, whose text is still what staff took down.

        A text that was changed since has readers of its own before anybody else sees it,
        and what its owner took back since is the owner's to bring back.
        """
        unchanged = Q(listing__latest_revision__isnull=True) | Q(
            listing__latest_revision__created_at__lte=F("removed_at")
        )
        return self.filter(
            unchanged,
            listing__withdrawn_at__isnull=False,
            listing__withdrawn_at__lte=F("removed_at"),
        )

    def waiting(self) -> Self:
        """Appeals that nobody has answered, while the taking down stands."""
        return self.standing().filter(
            appealed_at__isnull=False, answered_at__isnull=True
        )

    def open_to(self, user: User) -> Self:
        """Those waiting that this person neither took down nor has a part in."""
        own = Organisation.objects.of(user)
        return self.waiting().exclude(
            Q(removed_by=user) | Q(listing__organisation__in=own)
        )


class Removal(models.Model):
    """One taking down with its reason; its owner may ask once for a second look.

    Whoever took it down does not answer: `lifted` says what another found.
    """

    listing = models.ForeignKey(
        Listing,
        on_delete=models.CASCADE,
        related_name="removals",
        verbose_name=_("listing"),
    )
    reason = models.CharField(_("reason"), max_length=20, choices=ReviewReason.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("taken down by"),
    )
    removed_at = models.DateTimeField(
        _("taken down on"), default=timezone.now, editable=False
    )
    appeal = models.TextField(_("what its owner says"), max_length=1000, blank=True)
    appealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("second look asked for by"),
    )
    appealed_at = models.DateTimeField(
        _("second look asked for on"), null=True, editable=False
    )
    lifted = models.BooleanField(_("brought back"), null=True, editable=False)
    answer = models.CharField(_("answer to the owner"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered on"), null=True, editable=False)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("taking down")
        verbose_name_plural = _("takings down")
        ordering = ["-removed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(appealed_at__isnull=False),
                name="removal_answered_once_appealed",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | ~Q(answered_by=models.F("removed_by")),
                name="removal_looked_at_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())
