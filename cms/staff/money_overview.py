"""The first page of finance: the books at a glance."""

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.staff.single_screen import SingleScreen, SingleScreenViewSet
from payments import overview
from payments.models import Adjustment, Discrepancy, OfflinePayment, StripeEvent
from payments.modes import current_mode

PERMISSION = "payments.view_ledgertransaction"


class MoneyOverviewView(SingleScreen, TemplateView):
    permission = PERMISSION
    template_name = "cms/staff/money_overview.html"
    page_title = _("The books")
    header_icon = "bars"

    def get_context_data(self, **kwargs):
        mode = current_mode()
        lines = overview.balances(mode)
        return super().get_context_data(
            mode=mode,
            ages=overview.AGES,
            outstanding=overview.outstanding(mode),
            balances=lines,
            sums=overview.sums(lines),
            waivers=Adjustment.objects.filter(state="requested").count(),
            transfers=OfflinePayment.objects.filter(confirmed_at=None).count(),
            matters=Discrepancy.objects.unresolved().count(),
            failed=StripeEvent.objects.filter(state="failed").count(),
            **kwargs,
        )


class MoneyOverviewViewSet(SingleScreenViewSet):
    screen = MoneyOverviewView
    name = "money"
    icon = "bars"
    menu_label = _("The books")
    menu_order = 10
