"""Money that came by bank: recorded by one person, confirmed by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation

from .attempts import PaymentAttempt


class OfflinePayment(models.Model):
    """A transfer seen on the bank's statement; booked once a second person agrees."""

    attempt = models.OneToOneField(
        PaymentAttempt,
        on_delete=models.PROTECT,
        related_name="offline",
        verbose_name=_("payment"),
    )
    bank_reference = models.CharField(_("the bank's reference"), max_length=80)
    received_on = models.DateField(_("received on"))
    # Who took the cash, where it was cash: an organisation of the programme.
    taken_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("taken by"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(
        _("recorded"), default=timezone.now, editable=False
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("bank transfer")
        verbose_name_plural = _("bank transfers")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank_reference", "received_on"],
                name="one_record_a_bank_line",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("recorded_by")),
                name="transfer_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_reference} · {self.received_on}"
