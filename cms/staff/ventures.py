"""Ventures as staff see them: partners by alias, how far they are, since when."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView

from cms.staff.acting import Act, ActingViewSet
from cms.staff.looking import AgeColumn, status_column
from marketplace.people.models import User
from marketplace.ventures.actions import resume_venture, suspend_venture
from marketplace.ventures.models import JointVenture
from marketplace.ventures.permissions import can_suspend

Status = JointVenture.Status


def partners_of(venture: JointVenture) -> str:
    """The partners' aliases in the order in which they were named."""
    return " · ".join(str(party.organisation) for party in venture.parties.all())


def may_suspend(user: User, venture: JointVenture) -> bool:
    return venture.status == Status.ACTIVE and can_suspend(user)


def may_resume(user: User, venture: JointVenture) -> bool:
    return venture.status == Status.SUSPENDED and can_suspend(user)


class VentureIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("parties__organisation")


class VentureViewSet(ActingViewSet):
    """The signed text is the partners' own; staff see its state, and may pause it."""

    model = JointVenture
    icon = "clipboard-list"
    menu_order = 50
    index_view_class = VentureIndexView
    ordering = "-created_at"
    list_filter = ["status", "fee_currency"]
    list_display = [
        "public_id",
        Column("partners", label=_("Partners"), accessor=partners_of),
        status_column(open_states={Status.PROPOSED, Status.AGREED}),
        AgeColumn("created_at", label=_("Proposed")),
        AgeColumn("agreed_at", label=_("Signed by all")),
        AgeColumn("activated_at", label=_("Active")),
    ]
    inspect_view_fields = [
        "public_id",
        "status",
        "fee_currency",
        "starts_on",
        "ends_on",
        "created_at",
        "agreed_at",
        "activated_at",
    ]
    acts = (
        Act("suspend", _("Suspend"), do=suspend_venture, can=may_suspend),
        Act("resume", _("Let it go on"), do=resume_venture, can=may_resume),
    )
