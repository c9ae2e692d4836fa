"""Who meets whom: the programme's matrix of sides, which staff change by ticking."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from marketplace.organisations.actions import set_matrix
from marketplace.organisations.meeting import matrix
from marketplace.organisations.models import Side
from marketplace.organisations.permissions import can_set_matrix


class MatrixForm(forms.Form):
    """One tick for each two sides."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for (one, other), allowed in matrix().items():
            self.fields[f"{one}_{other}"] = forms.BooleanField(
                label=f"{Side(one).label} · {Side(other).label}",
                initial=allowed,
                required=False,
            )

    def cells(self) -> dict[tuple[str, str], bool]:
        return {
            (one, other): self.cleaned_data[f"{one}_{other}"] for one, other in matrix()
        }


class MatrixView(WagtailAdminTemplateMixin, FormView):
    template_name = "cms/staff/who_meets_whom.html"
    page_title = _("Who meets whom")
    header_icon = "group"
    form_class = MatrixForm

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not can_set_matrix(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        set_matrix(form.cells(), by=self.request.user)
        messages.success(self.request, _("The matrix is kept."))
        return redirect("who_meets_whom:index")


class MatrixMenuItem(MenuItem):
    def is_shown(self, request):
        return can_set_matrix(request.user)


class MatrixViewSet(ViewSet):
    name = "who_meets_whom"
    icon = "group"
    menu_label = _("Who meets whom")
    menu_order = 60
    menu_item_class = MatrixMenuItem

    def get_urlpatterns(self):
        return [path("", self.construct_view(MatrixView), name="index")]
