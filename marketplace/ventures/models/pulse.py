"""What partners say of how a venture goes, when they are asked, and the ways on."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.ventures.honesty import Stand

from .venture import JointVenture, VentureParty


class Confirmation(models.Model):
    """One partner's word of how it goes; rows are only added."""

    class Reason(models.TextChoices):
        PERMIT = "permit", _("a permit was refused or is awaited")
        FUNDING = "funding", _("the funding ended")
        EVENTS = "events", _("events paused it")
        CAPACITY = "capacity", _("nobody has the time at present")
        MARKET = "market", _("the market changed")
        OTHER = "other", _("something else")

    party = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="confirmations",
        verbose_name=_("partner"),
    )
    stand = models.PositiveSmallIntegerField(_("how it goes"), choices=Stand.choices)
    because = models.CharField(
        _("reason"), max_length=10, choices=Reason.choices, blank=True
    )
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("said by"),
    )
    said_at = models.DateTimeField(_("said on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("word of a partner")
        verbose_name_plural = _("words of partners")
        ordering = ["said_at", "pk"]
        get_latest_by = ["said_at", "pk"]

    def __str__(self) -> str:
        return str(self.get_stand_display())


class Pulse(models.Model):
    """How often a partner is asked how it goes, and when next."""

    class Every(models.IntegerChoices):
        FORTNIGHT = 14, _("every two weeks")
        MONTH = 30, _("every month")
        QUARTER = 90, _("every three months")

    party = models.OneToOneField(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="pulse",
        verbose_name=_("partner"),
    )
    every = models.PositiveSmallIntegerField(
        _("how often asked"), choices=Every.choices, default=Every.MONTH
    )
    ask_on = models.DateField(_("asked next on"))

    class Meta:
        verbose_name = _("pulse")
        verbose_name_plural = _("pulses")

    def __str__(self) -> str:
        return str(self.party)

    def next_after(self, day: date) -> date:
        return day + timedelta(days=self.every)


class WayOn(models.Model):
    """What a partner proposes to do with a venture that stands still."""

    class Way(models.TextChoices):
        NARROWER = "narrower", _("A narrower aim")
        THIRD_PARTY = "third_party", _("A third party helps")
        ARRANGEMENT = "arrangement", _("A small local arrangement first")
        UNILATERAL = "unilateral", _("Each side takes a step by itself")
        CONTACT = "contact", _("Keep contact only")

    venture = models.ForeignKey(
        JointVenture,
        on_delete=models.CASCADE,
        related_name="ways_on",
        verbose_name=_("joint venture"),
    )
    party = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("partner"),
    )
    way = models.CharField(_("way on"), max_length=12, choices=Way.choices)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("chosen by"),
    )
    chosen_at = models.DateTimeField(
        _("chosen on"), default=timezone.now, editable=False
    )

    class Meta:
        verbose_name = _("way on")
        verbose_name_plural = _("ways on")
        ordering = ["chosen_at", "pk"]

    def __str__(self) -> str:
        return str(self.get_way_display())
