"""Vouchers of sponsors: asked for on one page, issued by another person, listed."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from cms.staff.act_forms import ActFormView
from cms.staff.acting import Act, ActingViewSet
from cms.staff.looking import AgeColumn
from cms.staff.money_lists import MoneyColumn, state_column
from marketplace.exceptions import DomainError
from marketplace.people.models import User
from payments.actions.vouchers import (
    decline_voucher,
    issue_voucher,
    request_voucher,
    withdraw_voucher,
)
from payments.models import Voucher
from payments.permissions import can_decide_voucher, can_request_voucher
from payments.voucher_forms import VoucherRequestForm

State = Voucher.State


def may_decide(user: User, voucher: Voucher) -> bool:
    return voucher.state == State.REQUESTED and can_decide_voucher(user, voucher)


def may_withdraw(user: User, voucher: Voucher) -> bool:
    return voucher.state == State.ISSUED and can_request_voucher(user)


class RequestView(WagtailAdminTemplateMixin, FormView):
    """Asked for by one person here, issued by another on the page of vouchers."""

    template_name = "cms/staff/act_form.html"
    page_title = _("Ask for a voucher")
    header_icon = "plus"
    form_class = VoucherRequestForm

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not can_request_voucher(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = _("There is no code before another person has issued the voucher.")
        return super().get_context_data(
            explanation=words, button=_("Request"), thing="", **kwargs
        )

    def form_valid(self, form: VoucherRequestForm) -> HttpResponse:
        try:
            request_voucher(**form.words(), by=cast(User, self.request.user))
        except DomainError as refusal:
            form.add_error(None, str(refusal.user_message))
            return self.form_invalid(form)
        messages.success(self.request, _("Requested. Another person issues it."))
        return redirect(reverse("voucher:index"))


class IssueView(ActFormView):
    """The one page that ever shows the code; it is kept nowhere, not even in a message."""

    page_title = _("Issue the voucher")
    header_icon = "key"
    form_class = forms.Form
    explanation = _(
        "The code is shown on the next page, once. Have a safe way ready to hand it to "
        "the sponsor. If it is lost, withdraw the voucher and ask for another."
    )
    button = _("Issue it and show the code")

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            code = issue_voucher(self.thing, by=self.person)
        except DomainError as refusal:
            form.add_error(None, str(refusal.user_message))
            return self.form_invalid(form)
        back = reverse(self.inspect_url_name, args=[self.thing.pk])
        context = self.get_context_data(form=form, code=code, back=back)
        response = render(self.request, "cms/staff/voucher_code.html", context)
        add_never_cache_headers(response)
        return response


class RequestMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return can_request_voucher(request.user)


class VoucherRequestViewSet(ViewSet):
    name = "voucher_request"
    icon = "plus"
    menu_label = _("Ask for a voucher")
    menu_order = 42
    menu_item_class = RequestMenuItem

    def get_urlpatterns(self):
        return [path("", self.construct_view(RequestView), name="index")]


class VoucherViewSet(ActingViewSet):
    model = Voucher
    icon = "key"
    menu_order = 41
    list_filter = ["state", "currency", "mode"]
    search_fields = ["sponsor"]
    ordering = "-requested_at"
    list_display = [
        "sponsor",
        MoneyColumn("amount", label=_("Amount")),
        state_column(open_states={State.REQUESTED}),
        DateColumn("expires_on", label=_("Last day")),
        AgeColumn("requested_at", label=_("Asked")),
    ]
    inspect_view_fields = [
        "public_id",
        "sponsor",
        "amount",
        "mode",
        "expires_on",
        "state",
        "adjustment",
        "requested_by",
        "requested_at",
        "decided_by",
        "decided_at",
    ]
    acts = (
        Act("issue", _("Issue it"), can=may_decide, view=IssueView),
        Act("decline", _("Do not issue it"), do=decline_voucher, can=may_decide),
        Act(
            "withdraw", _("Withdraw the voucher"), do=withdraw_voucher, can=may_withdraw
        ),
    )
