"""Invoices, receipts, credit notes and letters, as they were issued."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.ui.tables import Column

from cms.staff.acting import Act, ActingViewSet
from cms.staff.looking import AgeColumn
from cms.staff.money_lists import MoneyColumn, MoneyIndexView
from marketplace.people.models import User
from payments.downloads import pdf_response
from payments.models import Document


def may_read(user: User, document: Document) -> bool:
    return user.has_perm("payments.view_document")


class PdfView(View):
    """The document itself, in the language of the person who looks."""

    http_method_names = ["get", "head"]
    model: Any = None
    act: Any = None
    inspect_url_name = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        document = get_object_or_404(Document, pk=pk)
        if not self.act.can(request.user, document):
            raise PermissionDenied
        return pdf_response(document, get_language() or "en")


class DocumentViewSet(ActingViewSet):
    model = Document
    icon = "doc-full"
    menu_order = 65
    index_view_class = MoneyIndexView
    list_filter = ["kind", "currency"]
    search_fields = ["reference"]
    ordering = "-issued_at"
    list_display = [
        "reference",
        Column("get_kind_display", label=_("Kind")),
        MoneyColumn("amount", label=_("Amount")),
        AgeColumn("issued_at", label=_("Issued")),
    ]
    list_export = [
        "reference",
        "kind",
        "issued_for.public_id",
        "posting.key",
        "currency_id",
        "amount.amount",
        "issued_at",
    ]
    export_filename = "documents"
    inspect_view_fields = [
        "reference",
        "kind",
        "share",
        "seat",
        "amount",
        "posting",
        "issued_at",
    ]
    acts = (Act("pdf", _("Open the PDF"), can=may_read, view=PdfView),)
