"""The first page of finance: the books at a glance."""

from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from payments import overview
from payments.models import Adjustment, Discrepancy, OfflinePayment, StripeEvent
from payments.modes import current_mode

PERMISSION = "payments.view_ledgertransaction"


class MoneyOverviewView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "cms/staff/money_overview.html"
    page_title = _("The books")
    header_icon = "bars"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        mode = current_mode()
        lines = overview.balances(mode)
        return super().get_context_data(
            mode=mode,
            outstanding=overview.outstanding(mode),
            balances=lines,
            sums=overview.sums(lines),
            waivers=Adjustment.objects.filter(state="requested").count(),
            transfers=OfflinePayment.objects.filter(confirmed_at=None).count(),
            matters=Discrepancy.objects.unresolved().count(),
            failed=StripeEvent.objects.filter(state="failed").count(),
            **kwargs,
        )


class OverviewMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


class MoneyOverviewViewSet(ViewSet):
    name = "money"
    icon = "bars"
    menu_label = _("The books")
    menu_order = 10
    menu_item_class = OverviewMenuItem

    def get_urlpatterns(self):
        return [path("", self.construct_view(MoneyOverviewView), name="index")]
