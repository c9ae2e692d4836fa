"""Files of the bank, line by line: each line once, each with its state."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.lifecycle import Lifecycle
from marketplace.money import Money

from .attempts import PaymentAttempt
from .currencies import Currency
from .fees import Share


class BankImport(models.Model):
    """One file as it was read; the same file is not read twice."""

    checksum = models.CharField(max_length=64, unique=True, editable=False)
    currency = models.ForeignKey(
        Currency,
        on_delete=models.PROTECT,
        verbose_name=_("currency"),
    )
    encoding = models.CharField(_("encoding"), max_length=10)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("imported by"),
    )
    imported_at = models.DateTimeField(
        _("imported"), default=timezone.now, editable=False
    )

    class Meta:
        verbose_name = _("bank file")
        verbose_name_plural = _("bank files")
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.currency_id} · {self.imported_at:%Y-%m-%d %H:%M}"


class BankLine(models.Model):
    """One line of a bank file, from "imported" to matched or discarded.

    `checksum` counts equal lines, so that the same line in two overlapping files is
    one line, and two equal transfers of one day are two.
    """

    class State(models.TextChoices):
        IMPORTED = "imported", _("imported")
        NO_MATCH = "no_match", _("no share found")
        INVALID = "invalid", _("cannot be read")
        MATCHED = "matched", _("share found")
        ALREADY_PAID = "already_paid", _("share is settled already")
        DISCARDED = "discarded", _("not ours")

    lifecycle = Lifecycle(
        {
            State.IMPORTED: {
                State.NO_MATCH,
                State.INVALID,
                State.MATCHED,
                State.ALREADY_PAID,
            },
            State.NO_MATCH: {State.MATCHED, State.ALREADY_PAID, State.DISCARDED},
            State.ALREADY_PAID: {State.MATCHED, State.DISCARDED},
            State.INVALID: {State.DISCARDED},
        },
        field="state",
    )

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    source = models.ForeignKey(
        BankImport,
        on_delete=models.PROTECT,
        related_name="lines",
        verbose_name=_("bank file"),
    )
    number = models.PositiveIntegerField(_("line"))
    checksum = models.CharField(max_length=64, unique=True, editable=False)
    details = models.CharField(_("what the bank wrote"), max_length=400, blank=True)
    value_on = models.DateField(_("received on"), null=True)
    currency = models.ForeignKey(
        Currency,
        on_delete=models.PROTECT,
        null=True,
        verbose_name=_("currency"),
    )
    amount_minor = models.PositiveBigIntegerField(
        _("amount in the smallest unit"), null=True
    )
    fault = models.CharField(_("fault"), max_length=60, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.IMPORTED
    )
    share = models.ForeignKey(
        Share,
        on_delete=models.PROTECT,
        null=True,
        related_name="bank_lines",
        verbose_name=_("share of a fee"),
    )
    was_mended = models.BooleanField(_("one sign was mended"), default=False)
    attempt = models.OneToOneField(
        PaymentAttempt,
        on_delete=models.PROTECT,
        null=True,
        related_name="bank_line",
        verbose_name=_("payment"),
    )

    class Meta:
        verbose_name = _("line of a bank file")
        verbose_name_plural = _("lines of bank files")
        ordering = ["-source", "number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="matched") | Q(attempt__isnull=False),
                name="matched_line_has_its_payment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.number}"

    @property
    def amount(self) -> Money | None:
        if self.amount_minor is None or self.currency_id is None:
            return None
        return Money(self.amount_minor, self.currency_id)
