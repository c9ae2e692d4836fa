"""Investor seats: the plans on offer, and what Stripe says of each subscription."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from cms.staff.acting import ActingViewSet
from cms.staff.looking import AgeColumn
from cms.staff.money_lists import MoneyColumn
from payments.models import Plan, Subscription
from payments.plan_forms import PlanForm


class PlanViewSet(ModelViewSet):
    model = Plan
    icon = "tag"
    menu_order = 92
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_display = [
        "name",
        MoneyColumn("amount", label=_("Amount")),
        Column("get_interval_display", label=_("Is paid")),
        "trial_days",
        Column("get_free_up_to_display", label=_("Free of charge for")),
        "is_offered",
    ]

    def get_form_class(self, for_update: bool = False) -> type[PlanForm]:
        return PlanForm


class SubscriptionViewSet(ActingViewSet):
    """Read, never written: each row is what the latest fetch said."""

    model = Subscription
    icon = "user"
    menu_order = 93
    list_filter = ["status", "plan", "mode"]
    ordering = "-created_at"
    list_display = [
        "public_id",
        Column("organisation", label=_("Organisation")),
        MoneyColumn("amount", label=_("Amount")),
        "status",
        DateColumn("period_end", label=_("Seat paid until")),
        AgeColumn("created_at", label=_("Started")),
    ]
    inspect_view_fields = [
        "public_id",
        "organisation",
        "plan",
        "amount",
        "interval",
        "mode",
        "status",
        "period_start",
        "period_end",
        "trial_end",
        "cancel_at_period_end",
        "is_returned",
        "asks_bank",
        "subscription_id",
        "fetch_started_at",
        "created_at",
    ]
