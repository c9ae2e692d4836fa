"""The act of finance that needs words: a transfer seen on the bank's statement."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.exceptions import DomainError
from marketplace.people.models import User
from payments.actions.transfers import record_transfer
from payments.forms import TransferForm
from payments.ledger import open_amount
from payments.models import Share
from payments.permissions import can_record_transfer


class RecordTransferView(WagtailAdminTemplateMixin, FormView):
    """Recorded by one person here, confirmed by another on the page of transfers."""

    template_name = "cms/staff/record_transfer.html"
    page_title = _("Record a transfer")
    header_icon = "download"
    form_class = TransferForm
    model = Share
    act: Any = None
    inspect_url_name = ""

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @property
    def person(self) -> User:
        return cast(User, self.request.user)  # the admin lets nobody else in

    @cached_property
    def share(self) -> Share:
        share = get_object_or_404(Share, pk=self.kwargs["pk"])
        if not can_record_transfer(self.person, share):
            raise PermissionDenied
        return share

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"currency": self.share.currency_id}

    def get_initial(self) -> dict[str, Any]:
        return {"amount": open_amount(self.share).amount}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(share=self.share, **kwargs)

    def form_valid(self, form: TransferForm) -> HttpResponse:
        try:
            record_transfer(self.share, by=self.person, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal.user_message))
            return self.form_invalid(form)
        messages.success(self.request, _("Recorded. Another person confirms it."))
        return redirect(reverse(self.inspect_url_name, args=[self.share.pk]))
