"""Files of the bank: imported on one page, worked off line by line on another."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from cms.staff.acting import Act, ActingViewSet
from cms.staff.looking import DayColumn
from cms.staff.money_acts import MatchLineView
from cms.staff.money_lists import MoneyColumn, MoneyIndexView, state_column
from marketplace.exceptions import DomainError
from marketplace.people.models import User
from payments.actions.bank_imports import discard_line, import_statement
from payments.models import BankLine
from payments.permissions import can_import, can_match
from payments.transfer_forms import StatementForm

State = BankLine.State


def may_match(user: User, line: BankLine) -> bool:
    possible = BankLine.lifecycle.allows(line, to=State.MATCHED)
    return possible and can_match(user, line)


def may_discard(user: User, line: BankLine) -> bool:
    possible = BankLine.lifecycle.allows(line, to=State.DISCARDED)
    return possible and can_match(user, line)


class ImportView(WagtailAdminTemplateMixin, FormView):
    """Each line is read once, however often and in however many files it comes."""

    template_name = "cms/staff/import_statement.html"
    page_title = _("Import a bank file")
    header_icon = "upload"
    form_class = StatementForm

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not can_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: StatementForm) -> HttpResponse:
        try:
            source = import_statement(
                form.cleaned_data["statement"],
                currency=form.cleaned_data["currency"].code,
                by=cast(User, self.request.user),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal.user_message))
            return self.form_invalid(form)
        lines = source.lines.count()
        told = ngettext("%(n)d new line.", "%(n)d new lines.", lines)
        messages.success(self.request, told % {"n": lines})
        return redirect(f"{reverse('bankline:index')}?source={source.pk}")


class ImportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return can_import(request.user)


class ImportViewSet(ViewSet):
    name = "bank_import"
    icon = "upload"
    menu_label = _("Import a bank file")
    menu_order = 52
    menu_item_class = ImportMenuItem

    def get_urlpatterns(self):
        return [path("", self.construct_view(ImportView), name="index")]


class BankLineViewSet(ActingViewSet):
    """What a bank wrote, and what became of it; a matched line waits as a transfer."""

    model = BankLine
    icon = "list-ul"
    menu_order = 53
    index_view_class = MoneyIndexView
    list_filter = ["state", "currency", "source"]
    ordering = "-pk"
    list_display = [
        "number",
        DayColumn("value_on", label=_("Received on")),
        MoneyColumn("amount", label=_("Amount")),
        Column("details", label=_("What the bank wrote")),
        state_column(open_states={State.NO_MATCH, State.ALREADY_PAID, State.INVALID}),
    ]
    list_export = [
        "source_id",
        "number",
        "value_on",
        "currency_id",
        "amount.amount",
        "details",
        "state",
        "fault",
    ]
    export_filename = "bank-lines"
    inspect_view_fields = [
        "source",
        "number",
        "value_on",
        "amount",
        "details",
        "fault",
        "state",
        "share",
        "was_mended",
        "attempt",
    ]
    acts = (
        Act("match", _("Match it with a share"), can=may_match, view=MatchLineView),
        Act("discard", _("It is not ours"), do=discard_line, can=may_discard),
    )
