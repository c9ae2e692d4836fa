"""Who acts for an organisation, and who was asked to."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .organisation import Organisation


class Membership(models.Model):
    """What one person may do for one organisation."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        EDITOR = "editor", _("editor")
        VIEWER = "viewer", _("viewer")

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.CharField(
        _("role"), max_length=6, choices=Role.choices, default=Role.OWNER
    )
    is_contact = models.BooleanField(_("contact person"), default=False)
    joined_at = models.DateTimeField(
        _("joined on"), default=timezone.now, editable=False
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="one_membership_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(
            status=Invitation.Status.PENDING, expires_at__gt=timezone.now()
        )


class Invitation(models.Model):
    """A colleague asked to join; only the hash of the link is kept."""

    class Status(models.TextChoices):
        PENDING = "pending", pgettext_lazy("an invitation", "waiting")
        ACCEPTED = "accepted", pgettext_lazy("an invitation", "accepted")
        REFUSED = "refused", pgettext_lazy("an invitation", "refused")
        EXPIRED = "expired", pgettext_lazy("an invitation", "expired")
        REVOKED = "revoked", pgettext_lazy("an invitation", "withdrawn")

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="invitations",
        verbose_name=_("organisation"),
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(
        _("role"),
        max_length=6,
        choices=Membership.Role.choices,
        default=Membership.Role.EDITOR,
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    status = models.CharField(
        _("status"), max_length=8, choices=Status.choices, default=Status.PENDING
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("invited by"),
    )
    expires_at = models.DateTimeField(_("valid until"))
    created_at = models.DateTimeField(
        _("invited on"), default=timezone.now, editable=False
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return str(self.organisation)
