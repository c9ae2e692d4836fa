"""What is kept for good: who opened, changed or looked at what, and when."""

import uuid
from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.people.models import User


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, organisations: Collection[uuid.UUID]) -> Self:
        return self.filter(subject__in=organisations)

    def of_person(self, user: User) -> Self:
        return self.filter(about_user=user)

    def unsealed(self) -> Self:
        return self.filter(number__isnull=True)

    def sealed(self) -> Self:
        return self.filter(number__isnull=False)


class Entry(models.Model):
    """One act on somebody's identity or rights; rows are only added.

    `subject` is the public id of the organisation concerned. A sweep numbers the rows
    and chains their hashes; until then `number` is empty.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("A stage was opened to a partner")
        ENDED = "ended", _("What was open to a partner was closed")
        JOINED = "joined", _("A colleague joined")
        LEFT = "left", _("A colleague was removed")
        ROLES = "roles", _("The rights of a member of staff changed")
        ACCOUNT = "account", _("An account was opened or closed by staff")
        SEEN = "seen", _("Staff opened the sealed name")
        GROUP = "group", _("What a group of staff may do changed")
        EXPORTED = "exported", _("A table was taken out of the staff area")
        TAKEN = "taken", _("A colleague took out as a file what your side may read")

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    kind = models.CharField(_("act"), max_length=10, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    about_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("about the member"),
    )
    subject = models.UUIDField(_("about the organisation"), null=True, db_index=True)
    facts = models.JSONField(_("facts"), default=dict)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    number = models.PositiveBigIntegerField(
        _("number"), null=True, unique=True, editable=False
    )
    hash = models.CharField(_("hash"), max_length=64, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the record")
        verbose_name_plural = _("entries of the record")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, hash="")
                | (Q(number__isnull=False) & ~Q(hash="")),
                name="sealed_with_number_and_hash",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def chained(self) -> dict[str, object]:
        """What the hash rests on: every column that says something."""
        return {
            "public_id": str(self.public_id),
            "kind": self.kind,
            "by": self.by_id,
            "about_user": self.about_user_id,
            "subject": str(self.subject or ""),
            "facts": self.facts,
            "at": self.at.isoformat(),
            "number": self.number,
        }
