"""Invoices, receipts, credit notes and waiver letters: numbered, never changed."""

import json
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from marketplace.people.models import User
from marketplace.people.sealing import seal, unseal
from payments.modes import MODE_CHOICES

from .currencies import Currency
from .fees import Share
from .ledger import LedgerTransaction
from .seats import Subscription


class DocumentKind(models.TextChoices):
    """What is issued, and the letter its numbers begin with."""

    INVOICE = "invoice", _("invoice")
    RECEIPT = "receipt", _("receipt")
    CREDIT_NOTE = "credit_note", _("credit note")
    WAIVER_LETTER = "waiver", _("waiver letter")

    @property
    def letter(self) -> str:
        return {"invoice": "I", "receipt": "R", "credit_note": "C", "waiver": "W"}[
            self.value
        ]


class DocumentSeries(models.Model):
    """The running number of one kind of document, in one mode and year.

    Whoever numbers holds this row's lock until the document is committed: that is
    why there are no gaps.
    """

    kind = models.CharField(_("kind"), max_length=11, choices=DocumentKind.choices)
    mode = models.CharField(_("kind of money"), max_length=12, choices=MODE_CHOICES)
    year = models.PositiveSmallIntegerField(_("year"))
    last_number = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "mode", "year"], name="one_series_a_kind_mode_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.mode} {self.year}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def of(self, user: User) -> Self:
        """Those of this person's own shares and seats."""
        return self.filter(
            Q(share__in=Share.objects.of(user))
            | Q(seat__in=Subscription.objects.of(user))
        )


class Document(models.Model):
    """One document of a share or a seat; what it says was frozen when it was issued.

    `facts` are sealed, for they hold the payer's legal name; the PDF is made of them
    alone, in any of the three languages.
    """

    Kind = DocumentKind

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices)
    series = models.ForeignKey(
        DocumentSeries, on_delete=models.PROTECT, related_name="documents"
    )
    number = models.PositiveIntegerField()
    reference = models.CharField(_("number"), max_length=40, unique=True)
    share = models.ForeignKey(
        Share,
        on_delete=models.PROTECT,
        null=True,
        related_name="documents",
        verbose_name=_("share of a fee"),
    )
    seat = models.ForeignKey(
        Subscription,
        on_delete=models.PROTECT,
        null=True,
        related_name="documents",
        verbose_name=_("subscription"),
    )
    posting = models.ForeignKey(
        LedgerTransaction,
        on_delete=models.PROTECT,
        related_name="documents",
        verbose_name=_("ledger transaction"),
    )
    currency = models.ForeignKey(
        Currency,
        on_delete=models.PROTECT,
        verbose_name=_("currency"),
    )
    amount_minor = models.PositiveBigIntegerField(_("amount in the smallest unit"))
    sealed_facts = models.TextField(editable=False)
    facts_hash = models.CharField(max_length=64, editable=False)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"], name="one_document_a_number"
            ),
            models.UniqueConstraint(
                fields=["share", "posting", "kind"], name="one_document_a_posting"
            ),
            models.UniqueConstraint(
                fields=["seat", "posting", "kind"],
                name="one_document_a_posting_of_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=False, seat__isnull=True)
                | Q(share__isnull=True, seat__isnull=False),
                name="document_is_of_a_share_or_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("payments:document", args=[self.public_id])

    @property
    def issued_for(self) -> Share | Subscription:
        """What it is about: the database holds that it is one of the two."""
        found = self.share or self.seat
        assert found is not None  # noqa: S101 - document_is_of_a_share_or_a_seat
        return found

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency_id)

    @property
    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(unseal(self.sealed_facts))
        return found

    @facts.setter
    def facts(self, value: dict[str, Any]) -> None:
        self.sealed_facts = seal(json.dumps(value, sort_keys=True, ensure_ascii=False))
