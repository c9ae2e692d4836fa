"""The observer of a venture, and what each partner said to it."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.introductions.models import Introduction
from marketplace.organisations.models import Organisation
from marketplace.people.models import User

from .venture import JointVenture, VentureParty


class ObserverQuerySet(models.QuerySet["Observer"]):
    def standing(self) -> Self:
        """Not ended, beside a venture that has not ended, and known to each partner."""
        met = Introduction.objects.known().filter(
            Q(asker=OuterRef("organisation"), asked=OuterRef("observer"))
            | Q(asker=OuterRef("observer"), asked=OuterRef("organisation"))
        )
        strangers = (
            VentureParty.objects.filter(venture__observers=OuterRef("pk"))
            .annotate(observer=F("venture__observers__organisation"))
            .filter(~Exists(met))
        )
        return self.filter(~Exists(strangers), ended_at__isnull=True).exclude(
            venture__status__in=JointVenture.OVER
        )

    def of_observer(self, user: User) -> Self:
        """Those of this person's organisations to which all partners agreed."""
        own = Organisation.objects.of(user)
        return self.standing().filter(organisation__in=own, agreed_at__isnull=False)


class Observer(models.Model):
    """A third party that reads along: named by one partner, agreed by all, joined by itself.

    Each partner ends that at any time, and so does it. It reads what its page
    says and changes nothing.
    """

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    venture = models.ForeignKey(
        JointVenture,
        on_delete=models.CASCADE,
        related_name="observers",
        verbose_name=_("joint venture"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="observed_ventures",
        verbose_name=_("third party"),
    )
    offered_at = models.DateTimeField(
        _("offered on"), default=timezone.now, editable=False
    )
    agreed_at = models.DateTimeField(_("agreed on"), null=True, editable=False)
    joined_at = models.DateTimeField(_("joined on"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended on"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("ended by"),
    )

    objects = ObserverQuerySet.as_manager()

    class Meta:
        verbose_name = _("observer")
        verbose_name_plural = _("observers")
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venture"],
                condition=Q(ended_at__isnull=True),
                name="one_observer_a_venture",
            ),
            models.CheckConstraint(
                condition=Q(joined_at__isnull=True) | Q(agreed_at__isnull=False),
                name="observer_joins_once_all_agreed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ObserverWord(models.Model):
    """One partner's yes to an observer."""

    observer = models.ForeignKey(
        Observer,
        on_delete=models.CASCADE,
        related_name="words",
        verbose_name=_("observer"),
    )
    party = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("partner"),
    )
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("said by"),
    )
    said_at = models.DateTimeField(_("said on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("yes to an observer")
        verbose_name_plural = _("yeses to observers")
        constraints = [
            models.UniqueConstraint(
                fields=["observer", "party"], name="one_yes_to_an_observer"
            )
        ]

    def __str__(self) -> str:
        return str(self.party)
