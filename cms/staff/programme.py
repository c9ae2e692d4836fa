"""The menu of those who look after members: what waits, and how it goes on."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.staff.contact import ContactViewSet
from cms.staff.curated import CuratedMatchViewSet, SuggestViewSet
from cms.staff.demand import DemandViewSet
from cms.staff.facilitators import FacilitatorViewSet
from cms.staff.introductions import IntroductionViewSet
from cms.staff.lessons import LessonViewSet
from cms.staff.listings import ListingViewSet
from cms.staff.meeting import MatrixViewSet
from cms.staff.organisations import OrganisationViewSet
from cms.staff.parity import ParityViewSet
from cms.staff.record import RecordViewSet
from cms.staff.removals import RemovalViewSet
from cms.staff.reports import ConcernViewSet, ReportViewSet
from cms.staff.ventures import VentureViewSet
from cms.staff.worklist import WorkListViewSet


class ProgrammeGroup(ViewSetGroup):
    """One entry of the menu for the work with members."""

    menu_label = _("Programme")
    menu_icon = "group"
    menu_order = 10
    items = (
        WorkListViewSet,
        ListingViewSet,
        OrganisationViewSet,
        RemovalViewSet,
        ReportViewSet,
        ConcernViewSet,
        IntroductionViewSet,
        VentureViewSet,
        ContactViewSet,
        LessonViewSet,
        FacilitatorViewSet,
        MatrixViewSet,
        ParityViewSet,
        DemandViewSet,
        CuratedMatchViewSet,
        SuggestViewSet,
        RecordViewSet,
    )
