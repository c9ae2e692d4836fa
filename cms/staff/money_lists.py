"""Lists of money: amounts as people read them, exports no spreadsheet can run."""

from datetime import date

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic import IndexView

from cms.templatetags.site_tags import money
from payments.models import Currency, Fee, LedgerEntry, LedgerTransaction
from payments.models.ledger import Account


class MoneyColumn(Column):
    """An amount with its currency."""

    def get_value(self, instance: object) -> str:
        return money(super().get_value(instance))


def state_column(*, open_states: set[str]) -> StatusTagColumn:
    """The state as a tag, filled where somebody still has to act."""
    return StatusTagColumn(
        "get_state_display",
        label=_("State"),
        sort_key="state",
        primary=lambda row: row.state in open_states,
    )


class MoneyIndexView(IndexView):
    """A list that can be taken along as a spreadsheet."""

    export_headings = {
        "amount.amount": _("Amount"),
        "attempt.get_mode_display": _("Kind of money"),
        "attempt.public_id": _("Payment"),
        "currency_id": _("Currency"),
        "due.amount": _("Due"),
        "fee.due_on": _("Due on"),
        "fee.get_mode_display": _("Kind of money"),
        "fee.public_id": _("Fee"),
        "get_mode_display": _("Kind of money"),
        "lines": _("Entries"),
        "posting.key": _("Ledger transaction"),
        "share.public_id": _("Share"),
        "source_id": _("Bank file"),
        "total.amount": _("Total"),
        "venture.public_id": _("Joint venture"),
    }


class FeeFilter(WagtailFilterSet):
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="only_overdue")

    class Meta:
        model = Fee
        fields = ["state", "currency"]

    def only_overdue(
        self, fees: QuerySet[Fee], name: str, value: bool
    ) -> QuerySet[Fee]:
        late = Fee.objects.overdue(on=timezone.localdate())
        return fees.filter(pk__in=late) if value else fees.exclude(pk__in=late)


class LedgerFilter(WagtailFilterSet):
    """From a line of a month's trial balance to the transactions behind it."""

    account = django_filters.ChoiceFilter(
        label=_("Account"), choices=Account.choices, method="with_entry"
    )
    currency = django_filters.ModelChoiceFilter(
        label=_("Currency"), queryset=Currency.objects.all(), method="with_entry"
    )
    month = django_filters.DateFilter(label=_("Month"), method="of_month")

    class Meta:
        model = LedgerTransaction
        fields = ["kind", "source", "mode"]

    def with_entry(
        self, rows: QuerySet[LedgerTransaction], name: str, value: object
    ) -> QuerySet[LedgerTransaction]:
        entries = LedgerEntry.objects.filter(transaction=OuterRef("pk"))
        return rows.filter(Exists(entries.filter(**{name: value})))

    def of_month(
        self, rows: QuerySet[LedgerTransaction], name: str, value: date
    ) -> QuerySet[LedgerTransaction]:
        return rows.filter(period=value.replace(day=1))


class LedgerIndexView(MoneyIndexView):
    """The transactions, each with its legs."""

    def get_base_queryset(self) -> QuerySet[LedgerTransaction]:
        return super().get_base_queryset().prefetch_related("entries")
