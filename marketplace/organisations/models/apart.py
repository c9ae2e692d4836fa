"""Whom an organisation does not want to meet; nobody else ever learns of it."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class BlockQuerySet(models.QuerySet["Block"]):
    def live(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def between(self, one: Organisation, other: Organisation) -> Self:
        return self.filter(organisation__in=(one, other), other__in=(one, other))


class Block(models.Model):
    """One organisation wants nothing to do with another, under any alias.

    `known_as` is what the blocked side was called where it was blocked, for the
    blocker's own list, `over` the public id of that listing or organisation: one party
    blocked under two aliases stands there twice. `knows_other` and `known_to_other` say
    whether the two knew each other's organisations there; named listings disappear
    only for who did. Ended, never deleted.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="blocks"
    )
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    known_as = models.CharField(max_length=200)
    over = models.UUIDField(default=uuid.uuid4, editable=False)
    knows_other = models.BooleanField(default=True, editable=False)
    known_to_other = models.BooleanField(default=True, editable=False)
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    blocked_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["-blocked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "other", "over"],
                condition=Q(ended_at__isnull=True),
                name="one_live_block_an_alias",
            ),
            models.CheckConstraint(
                condition=~Q(organisation=F("other")), name="blocks_another"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class BlockedAlias(models.Model):
    """The public id of a hidden listing by which the two sides of a block had met.

    Other hidden listings of either stay where they are: did they vanish together,
    the block would tell which of them belong to one party.
    """

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="aliases")
    alias = models.UUIDField(db_index=True)

    class Meta:
        verbose_name = _("blocked alias")
        verbose_name_plural = _("blocked aliases")
        constraints = [
            models.UniqueConstraint(
                fields=["block", "alias"], name="alias_once_a_block"
            )
        ]

    def __str__(self) -> str:
        return str(self.alias)


class Avoidance(models.Model):
    """An area or a sector that an organisation does not want to be matched with."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="avoidances"
    )
    place = models.ForeignKey(
        "taxonomy.Place", on_delete=models.CASCADE, null=True, related_name="+"
    )
    sector = models.ForeignKey(
        "taxonomy.Sector", on_delete=models.CASCADE, null=True, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("hard negative")
        verbose_name_plural = _("hard negatives")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=False, sector__isnull=True)
                | Q(place__isnull=True, sector__isnull=False),
                name="avoids_an_area_or_a_sector",
            ),
            models.UniqueConstraint(
                fields=["organisation", "place"], name="avoids_an_area_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "sector"], name="avoids_a_sector_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class MeetingRule(models.Model):
    """A cell of the programme's matrix of who meets whom, where staff changed it.

    `one_side` comes before `other_side` in the alphabet of their codes.
    """

    one_side = models.CharField(_("one side"), max_length=5)
    other_side = models.CharField(_("other side"), max_length=5)
    allowed = models.BooleanField(_("may be introduced"), default=True)

    class Meta:
        verbose_name = _("rule of who meets whom")
        verbose_name_plural = _("rules of who meets whom")
        constraints = [
            models.UniqueConstraint(
                fields=["one_side", "other_side"], name="one_rule_two_sides"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_side} · {self.other_side}"
