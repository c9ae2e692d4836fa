"""Listings as staff see them: read, approved, sent back, taken down, never rewritten."""

from typing import Any, cast

import django_filters
from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import WorkflowState
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.staff.listing_panels import ListingTextPanel
from cms.staff.listing_review import NoUnpublishView, ReadingView
from cms.staff.looking import AgeColumn
from cms.templatetags.site_tags import language_name
from marketplace.exceptions import DomainError
from marketplace.listings.actions import take_down_listing
from marketplace.listings.models import Listing, ReviewReason
from marketplace.listings.permissions import can_review
from marketplace.people.models import User
from marketplace.plain_text import PlainTextField


class ListingFilter(WagtailFilterSet):
    in_review = django_filters.BooleanFilter(
        label=_("Waiting for review"), method="only_in_review"
    )

    class Meta:
        model = Listing
        fields = ["kind", "live", "written_in"]

    def only_in_review(
        self, listings: QuerySet[Listing], name: str, value: bool
    ) -> QuerySet[Listing]:
        waiting = WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Listing),
            status=WorkflowState.STATUS_IN_PROGRESS,
        ).values("object_id")
        keyed = listings.annotate(key=Cast("pk", CharField()))
        return (
            keyed.filter(key__in=waiting) if value else keyed.exclude(key__in=waiting)
        )


class ListingIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Listing]:
        return super().get_base_queryset().select_related("organisation")


class TakeDownForm(forms.Form):
    because = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("Its owner reads it."),
        choices=[("", "—"), *ReviewReason.choices],
    )
    note = PlainTextField(
        label=_("What else its owner should know"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class TakeDownView(WagtailAdminTemplateMixin, FormView):
    """Asks why, then hides the listing and tells its owner."""

    form_class = TakeDownForm

    template_name = "cms/staff/take_down.html"
    page_title = _("Take the listing down")
    header_icon = "view"
    edit_url_name = ""

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_review(request.user):
            raise PermissionDenied
        self.listing = get_object_or_404(Listing, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(listing=self.listing, **kwargs)

    def form_valid(self, form: TakeDownForm) -> HttpResponse:
        person = cast(User, self.request.user)  # the admin lets nobody else in
        try:
            take_down_listing(self.listing, by=person, **form.cleaned_data)
        except DomainError as refusal:
            messages.error(self.request, str(refusal.user_message))
        else:
            messages.success(self.request, _("Taken down. Its owner was told."))
        return redirect(reverse(self.edit_url_name, args=[self.listing.pk]))


class NothingToChoose(SnippetChooserViewSet):
    """Wagtail's chooser asks for no right and shows drafts; no page chooses a listing."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return []


class ListingViewSet(SnippetViewSet):
    """The review runs on Wagtail's own screens; their fields are shown, not edited."""

    model = Listing
    icon = "doc-full"
    menu_order = 20
    menu_label = _("Listings")
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ["title", "summary"]
    filterset_class = ListingFilter
    index_view_class = ListingIndexView
    edit_view_class = ReadingView
    unpublish_view_class = NoUnpublishView
    chooser_viewset_class = NothingToChoose
    list_per_page = 50
    ordering = "-created_at"
    list_display = [
        "title",
        Column("organisation", label=_("Organisation"), sort_key="organisation__alias"),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column(
            "written_in",
            label=_("Language"),
            sort_key="written_in",
            accessor=lambda listing: language_name(listing.written_in),
        ),
        Column("state_label", label=_("Status")),
        AgeColumn("created_at", label=_("Written")),
    ]
    edit_handler = ObjectList([ListingTextPanel()])

    def get_urlpatterns(self) -> list[Any]:
        take_down = TakeDownView.as_view(edit_url_name=self.get_url_name("edit"))
        return [
            *super().get_urlpatterns(),
            path("take-down/<int:pk>/", take_down, name="take_down"),
        ]
